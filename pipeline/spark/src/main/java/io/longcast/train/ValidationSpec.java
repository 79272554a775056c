package io.longcast.train;

import io.longcast.settings.SettingChecks;
import java.io.Serializable;

/**
 * When the loss on the validation windows is computed, and when training stops for lack of
 * progress: section {@code training.validation}.
 *
 * @param everyRounds rounds between two passes, 0 for none but the one at the end. Default 0
 * @param patience with {@code keep = best}: passes in a row without a better loss after which
 *     training stops, 0 to go on to the end. Default 0
 * @param minGain relative fall of the loss that counts as better, 0..1. Default 0
 */
public record ValidationSpec(int everyRounds, int patience, double minGain)
    implements Serializable {

  public ValidationSpec {
    SettingChecks.atLeast(everyRounds, 0, "training.validation.everyRounds");
    SettingChecks.atLeast(patience, 0, "training.validation.patience");
    SettingChecks.share(minGain, "training.validation.minGain");
  }
}

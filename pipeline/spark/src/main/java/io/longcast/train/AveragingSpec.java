package io.longcast.train;

import io.longcast.settings.SettingChecks;
import java.io.Serializable;

/**
 * How the shards' results become one: section {@code training.averaging}.
 *
 * @param updaterState what becomes of the moments of Adam at the end of a round. Default averaged
 * @param warmUpSteps first steps, averaged after every one of them, 0 for none. Default 0
 * @param outerRate the average is approached by this share of the way, more than 0; 1 takes the
 *     average itself. Default 1
 * @param outerMomentum Nesterov momentum on the averaged step, 0..1 (1 excluded); 0 for none.
 *     Default 0
 */
public record AveragingSpec(
    UpdaterState updaterState, long warmUpSteps, double outerRate, double outerMomentum)
    implements Serializable {

  /** How the updater state of a shard is treated at the end of a round. */
  public enum UpdaterState {
    /** Averaged like the parameters. */
    AVERAGED,
    /** Each shard keeps its own; costs one copy per shard on the driver. */
    KEPT,
    /** Started from zero in every round. */
    RESET
  }

  public AveragingSpec {
    SettingChecks.atLeast(warmUpSteps, 0, "training.averaging.warmUpSteps");
    SettingChecks.positive(outerRate, "training.averaging.outerRate");
    SettingChecks.shareBelowOne(outerMomentum, "training.averaging.outerMomentum");
  }

  /** Whether the average is taken as it is. */
  boolean isPlain() {
    return outerRate == 1 && outerMomentum == 0;
  }
}

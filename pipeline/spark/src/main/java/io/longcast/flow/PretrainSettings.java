package io.longcast.flow;

import io.longcast.model.zero.training.PretrainSpec;
import io.longcast.settings.SettingChecks;
import java.io.Serializable;
import java.time.Duration;

/**
 * How {@code longcast pretrain} trains the network that forecasts without training: section {@code
 * pretrain}.
 *
 * @param folder of the checkpoint and the weights, on the local disk
 * @param threads at most as many as slices are of use; the weights do not depend on it
 * @param checkpointEvery time between two checkpoints, above 0
 * @param training what decides the weights
 */
public record PretrainSettings(
    String folder, int threads, Duration checkpointEvery, PretrainSpec training)
    implements Serializable {

  public PretrainSettings {
    SettingChecks.atLeast(threads, 1, "pretrain.threads");
    SettingChecks.require(
        !checkpointEvery.isNegative() && !checkpointEvery.isZero(),
        "pretrain.checkpointEvery",
        "above 0",
        checkpointEvery);
  }
}

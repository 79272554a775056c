package io.longcast.model.zero.training;

import io.longcast.model.zero.network.ZeroShape;
import io.longcast.settings.SettingChecks;
import java.io.Serializable;

/**
 * How the pretrained network is trained.
 *
 * @param seed of parameters, series and draws
 * @param shape sizes of the network
 * @param batchSize series a step, a multiple of {@code slices}
 * @param slices parts of a batch whose gradients are computed apart and added in order; at most so
 *     many threads are of use, and it decides the bits
 * @param steps updates in all; the schedule ends with them
 * @param learningRate the highest
 * @param warmUpSteps updates in which the rate rises to it
 * @param finalRate share of the rate that is left at the end
 * @param weightDecay of matrices, as in AdamW
 * @param averageDecay of the exponential mean of the weights, which is what is kept
 * @param origins steps of each series that are forecast from in an update, 3 to 40
 * @param flip share of the series that are turned upside down
 * @param randomStart share of the series that lose values at their start
 */
public record PretrainSpec(
    long seed,
    ZeroShape shape,
    int batchSize,
    int slices,
    long steps,
    double learningRate,
    int warmUpSteps,
    double finalRate,
    double weightDecay,
    double averageDecay,
    int origins,
    double flip,
    double randomStart)
    implements Serializable {
  /** Steps of 16 values of the context trained on. */
  static final int CONTEXT_STEPS = ZeroShape.CONTEXT / ZeroShape.STEP;

  public PretrainSpec {
    SettingChecks.inRange(batchSize, 1, 65_536, "pretrain.training.batchSize");
    SettingChecks.inRange(slices, 1, batchSize, "pretrain.training.slices");
    SettingChecks.require(
        batchSize % slices == 0, "pretrain.training.slices", "a divisor of the batch size", slices);
    SettingChecks.require(steps >= 1, "pretrain.training.steps", ">= 1", steps);
    SettingChecks.positive(learningRate, "pretrain.training.learningRate");
    SettingChecks.atLeast(warmUpSteps, 0, "pretrain.training.warmUpSteps");
    SettingChecks.share(finalRate, "pretrain.training.finalRate");
    SettingChecks.require(weightDecay >= 0, "pretrain.training.weightDecay", ">= 0", weightDecay);
    SettingChecks.shareBelowOne(averageDecay, "pretrain.training.averageDecay");
    SettingChecks.inRange(origins, 3, CONTEXT_STEPS, "pretrain.training.origins");
    SettingChecks.share(flip, "pretrain.training.flip");
    SettingChecks.share(randomStart, "pretrain.training.randomStart");
  }

  /** Series of a slice. */
  int sliceSize() {
    return batchSize / slices;
  }

  /** The learning rate of a step: linear warm-up, then a cosine. */
  double rate(long step) {
    double warm = Math.min(1, (step + 1.0) / Math.max(1, warmUpSteps));
    double cosine = 0.5 * (1 + Math.cos(Math.PI * Math.min(1, (double) step / steps)));
    return learningRate * warm * (finalRate + (1 - finalRate) * cosine);
  }

  /** Everything that decides the bits of a step; the number of steps may be changed on the way. */
  String identity() {
    return new PretrainSpec(
            seed,
            shape,
            batchSize,
            slices,
            1,
            learningRate,
            warmUpSteps,
            finalRate,
            weightDecay,
            averageDecay,
            origins,
            flip,
            randomStart)
        .toString();
  }
}

package io.longcast.train;

import io.longcast.settings.SettingChecks;
import java.io.Serializable;

/**
 * What counts as a failed round, and what is done about it: section {@code training.divergence}. A
 * failed round is thrown away, so that the parameters are those before it, and run again with a
 * recovery: outlier windows are left out; where none is outlier, gradients that were too long are
 * cut shorter, and for any other failure the rate is lowered.
 *
 * @param maxGradientNorm a step whose gradient is longer (before clipping) has failed, more than 0.
 *     Default 1e6
 * @param maxLossRise a step whose loss exceeds this multiple of the mean training loss of the last
 *     good round has failed, more than 1. Default 1000
 * @param outlierFactor a window is outlier whose largest input (or own loss) is beyond this
 *     multiple of the batch's median, more than 0. Default 1e6
 * @param rateFactor the rate is multiplied by this where no window is outlier, 0..1 (both
 *     excluded). Default 0.5
 * @param clipFactor gradients are cut to this multiple of the norm that was allowed before, and may
 *     be longer by its inverse, where they failed by their length alone, 0..1 (both excluded).
 *     Default 0.1
 * @param maxRecoveries failed rounds after which training stops with the diagnosis, at least 0.
 *     Default 5
 * @param timeStepNorms whether the gradient's norm at each time step is recorded, for some percent
 *     of the time of a step. Default false
 */
public record DivergenceSpec(
    double maxGradientNorm,
    double maxLossRise,
    double outlierFactor,
    double rateFactor,
    double clipFactor,
    int maxRecoveries,
    boolean timeStepNorms)
    implements Serializable {

  public DivergenceSpec {
    SettingChecks.positive(maxGradientNorm, "training.divergence.maxGradientNorm");
    SettingChecks.require(maxLossRise > 1, "training.divergence.maxLossRise", "> 1", maxLossRise);
    SettingChecks.positive(outlierFactor, "training.divergence.outlierFactor");
    SettingChecks.positive(rateFactor, "training.divergence.rateFactor");
    SettingChecks.require(rateFactor < 1, "training.divergence.rateFactor", "< 1", rateFactor);
    SettingChecks.positive(clipFactor, "training.divergence.clipFactor");
    SettingChecks.require(clipFactor < 1, "training.divergence.clipFactor", "< 1", clipFactor);
    SettingChecks.atLeast(maxRecoveries, 0, "training.divergence.maxRecoveries");
  }
}

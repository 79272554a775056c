package io.longcast.train;

import io.longcast.train.TrainingRecovery.Action;
import io.longcast.train.round.Fault;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Decides what to do about a failed round: outlier windows are excluded; else, if all gradients at
 * fault were finite but too long, the clipping norm is lowered; else the learning rate is lowered.
 */
final class RecoveryPolicy {
  private final DivergenceSpec spec;

  RecoveryPolicy(DivergenceSpec spec) {
    this.spec = spec;
  }

  /**
   * The position from which the failed round is repeated.
   *
   * @throws DivergedException if that has happened too often
   */
  TrainingPosition after(TrainingPosition before, List<Fault> faults) {
    long round = before.round() + 1;
    if (before.recoveries().size() >= spec.maxRecoveries()) {
      throw new DivergedException(diagnosis(before, TrainingRecovery.failure(round, faults)));
    }
    List<String> outliers = newOutliers(before, faults);
    if (!outliers.isEmpty()) {
      return before.afterRecovery(
          new TrainingRecovery(0, round, Action.EXCLUDE_WINDOWS, 1, outliers, faults));
    }
    if (faults.stream().allMatch(fault -> fault.kind() == Fault.Kind.GRADIENT_TOO_LONG)) {
      double share = before.clipShare() * spec.clipFactor();
      return before.afterRecovery(
          new TrainingRecovery(0, round, Action.LOWER_CLIP_NORM, share, List.of(), faults));
    }
    double rate = before.rateFactor() * spec.rateFactor();
    return before.afterRecovery(
        new TrainingRecovery(0, round, Action.LOWER_RATE, rate, List.of(), faults));
  }

  private static List<String> newOutliers(TrainingPosition before, List<Fault> faults) {
    return faults.stream()
        .flatMap(fault -> fault.outlierWindows().stream())
        .map(Fault.OutlierWindow::name)
        .distinct()
        .filter(name -> !before.skipped().contains(name))
        .toList();
  }

  private static String shown(List<TrainingRecovery> recoveries) {
    return recoveries.isEmpty()
        ? "none"
        : recoveries.stream().map(TrainingRecovery::toString).collect(Collectors.joining("; "));
  }

  private String diagnosis(TrainingPosition before, String failure) {
    return "training diverged: "
        + failure
        + ". Recoveries tried before ("
        + before.recoveries().size()
        + " allowed by training.divergence.maxRecoveries): "
        + shown(before.recoveries())
        + ". Check the windows named; or lower training.rate.peak or model.updater.gradientNorm";
  }
}

package io.longcast.train;

import io.longcast.train.round.Fault;
import java.util.List;

/**
 * What is done about the faults of a round: outlier windows are left out; else gradients that were
 * too long are cut shorter; else the rate is lowered.
 */
final class Recovery {
  private final DivergenceSpec spec;

  Recovery(DivergenceSpec spec) {
    this.spec = spec;
  }

  /**
   * The cursor from which the failed round is run again.
   *
   * @throws DivergedException if that has happened too often
   */
  TrainingPosition after(TrainingPosition cursor, List<Fault> faults) {
    List<String> lines = faults.stream().map(Fault::toString).toList();
    String where = "round " + (cursor.round() + 1) + " failed: " + String.join(" | ", lines);
    if (cursor.recoveries().size() >= spec.maxRecoveries()) {
      throw new DivergedException(diagnosis(cursor, where));
    }
    List<String> outlier = outlierWindows(faults);
    outlier = outlier.stream().filter(name -> !cursor.skipped().contains(name)).toList();
    if (!outlier.isEmpty()) {
      return cursor.afterRecovery(
          1, outlier, where + " -> left out: " + String.join(" | ", outlier));
    }
    if (faults.stream().allMatch(Fault::isLongGradient)) {
      double share = cursor.clipShare() * spec.clipFactor();
      return cursor.afterClip(
          share, where + " -> gradients cut to " + share + " of model.updater.gradientNorm");
    }
    double left = cursor.rateFactor() * spec.rateFactor();
    return cursor.afterRecovery(
        spec.rateFactor(), List.of(), where + " -> rate lowered to " + left + " of its schedule");
  }

  private static List<String> outlierWindows(List<Fault> faults) {
    return faults.stream()
        .flatMap(fault -> fault.outlierWindows().stream())
        .map(Fault.OutlierWindow::name)
        .distinct()
        .toList();
  }

  private String diagnosis(TrainingPosition cursor, String where) {
    return "training diverged: "
        + where
        + ". Recoveries tried before ("
        + cursor.recoveries().size()
        + " allowed by training.divergence.maxRecoveries): "
        + (cursor.recoveries().isEmpty() ? "none" : String.join("; ", cursor.recoveries()))
        + ". Look at the named windows; or lower training.rate.peak, or model.updater.gradientNorm";
  }
}

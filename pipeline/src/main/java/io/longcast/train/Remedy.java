package io.longcast.train;

import io.longcast.train.round.Fault;
import java.util.List;

/**
 * What is done about the faults of a round: odd windows are left out; else gradients that were too
 * long are cut shorter; else the rate is lowered.
 */
final class Remedy {
  private final DivergenceSpec spec;

  Remedy(DivergenceSpec spec) {
    this.spec = spec;
  }

  /**
   * The cursor from which the failed round is run again.
   *
   * @throws DivergedException if that has happened too often
   */
  Cursor after(Cursor cursor, List<Fault> faults) {
    List<String> lines = faults.stream().map(Fault::toString).toList();
    String where = "round " + (cursor.round() + 1) + " failed: " + String.join(" | ", lines);
    if (cursor.remedies().size() >= spec.mostRemedies()) {
      throw new DivergedException(diagnosis(cursor, where));
    }
    List<String> odd = oddWindows(faults);
    odd = odd.stream().filter(name -> !cursor.skipped().contains(name)).toList();
    if (!odd.isEmpty()) {
      return cursor.afterRemedy(1, odd, where + " -> left out: " + String.join(" | ", odd));
    }
    if (faults.stream().allMatch(Fault::isLongGradient)) {
      double share = cursor.clipShare() * spec.clipFactor();
      return cursor.afterClip(
          share, where + " -> gradients cut to " + share + " of model.updater.gradientNorm");
    }
    double left = cursor.rateFactor() * spec.rateFactor();
    return cursor.afterRemedy(
        spec.rateFactor(), List.of(), where + " -> rate lowered to " + left + " of its schedule");
  }

  private static List<String> oddWindows(List<Fault> faults) {
    return faults.stream()
        .flatMap(fault -> fault.oddWindows().stream())
        .map(Fault.OddWindow::name)
        .distinct()
        .toList();
  }

  private String diagnosis(Cursor cursor, String where) {
    return "training diverged: "
        + where
        + ". Remedies tried before ("
        + cursor.remedies().size()
        + " allowed by training.divergence.mostRemedies): "
        + (cursor.remedies().isEmpty() ? "none" : String.join("; ", cursor.remedies()))
        + ". Look at the named windows; or lower training.rate.peak, or model.updater.gradientNorm";
  }
}

package io.longcast.evaluate;

/**
 * The M4 competition's ranking figure: the mean of sMAPE and MASE, each relative to a reference
 * method's (Naive2 in the competition).
 *
 * @param referenceSmape the reference's sMAPE, above 0
 * @param referenceMase the reference's MASE, above 0
 */
public record OverallWeightedAverage(double referenceSmape, double referenceMase) {

  public OverallWeightedAverage {
    if (!(referenceSmape > 0 && referenceMase > 0)) {
      throw new IllegalArgumentException(
          "reference sMAPE and MASE must be > 0, found " + referenceSmape + ", " + referenceMase);
    }
  }

  /** The average of a set of forecasts. */
  public Metric of(PointErrors errors) {
    double relative = errors.smape().value() / referenceSmape;
    double scaled = errors.mase().value() / referenceMase;
    return new Metric(
        "owa", 0.5 * (relative + scaled), Math.min(errors.smape().count(), errors.mase().count()));
  }
}

package io.longcast.evaluate;

import java.util.List;

/**
 * Sessions found among sampled normal and abnormal ones, with precision and F1 at the prevalence of
 * the whole collection: R = TP / abnormal, FPR = FP / normal, P* = A R / (A R + N FPR), F1* = 2 P*
 * R / (P* + R), where A and N are the abnormal and normal sessions of the whole collection. The
 * interval of F1* takes the ends of the 95 % Clopper-Pearson interval of the FPR, the count that is
 * known least.
 *
 * @param truePositives abnormal sessions found
 * @param abnormal abnormal sessions tested
 * @param falsePositives normal sessions alarmed
 * @param normal normal sessions tested
 * @param allAbnormal abnormal sessions of the whole collection
 * @param allNormal normal sessions of the whole collection
 */
public record PrevalenceCounts(
    long truePositives,
    long abnormal,
    long falsePositives,
    long normal,
    long allAbnormal,
    long allNormal) {
  private static final double CONFIDENCE = 0.95;

  /** {@code recall}, {@code fpr}, {@code precision_star}, {@code f1_star} and its two ends. */
  public List<Metric> metrics() {
    double rate = (double) falsePositives / normal;
    if (normal == 0) {
      return List.of(Metric.mean("recall", truePositives, abnormal), Metric.mean("f1_star", 0, 0));
    }
    BinomialInterval ends = BinomialInterval.clopperPearson(falsePositives, normal, CONFIDENCE);
    return List.of(
        Metric.mean("recall", truePositives, abnormal),
        new Metric("fpr", rate, normal),
        new Metric("precision_star", precision(rate), abnormal),
        new Metric("f1_star", f1(rate), abnormal),
        new Metric("f1_star_lower", f1(ends.upper()), abnormal),
        new Metric("f1_star_upper", f1(ends.lower()), abnormal));
  }

  private double recall() {
    return (double) truePositives / abnormal;
  }

  private double precision(double rate) {
    return allAbnormal * recall() / (allAbnormal * recall() + allNormal * rate);
  }

  private double f1(double rate) {
    return truePositives == 0 ? 0 : 2 * precision(rate) * recall() / (precision(rate) + recall());
  }
}

package io.longcast.anomaly.logs.sequence;

import java.util.List;

/**
 * How well a check tells abnormal from normal sessions where the tested normal ones are a sample:
 * precision is corrected to the prevalence of the whole collection.
 *
 * @param truePositives abnormal sessions alarmed
 * @param abnormal abnormal sessions tested
 * @param falsePositives normal sessions alarmed
 * @param normal normal sessions tested
 * @param abnormalInAll abnormal sessions of the whole collection
 * @param normalInAll normal sessions of the whole collection
 */
public record SessionScore(
    long truePositives,
    long abnormal,
    long falsePositives,
    long normal,
    long abnormalInAll,
    long normalInAll) {

  /** Counts the alarms of a check. */
  public static SessionScore of(
      SessionCheck check,
      List<int[]> abnormal,
      List<int[]> normal,
      long abnormalInAll,
      long normalInAll) {
    return new SessionScore(
        alarms(check, abnormal),
        abnormal.size(),
        alarms(check, normal),
        normal.size(),
        abnormalInAll,
        normalInAll);
  }

  private static long alarms(SessionCheck check, List<int[]> sessions) {
    return sessions.stream().filter(session -> check.check(session).isPresent()).count();
  }

  /** Share of abnormal sessions found. */
  public double recall() {
    return truePositives / (double) abnormal;
  }

  /** Share of alarms that are right, at the prevalence of the whole collection. */
  public double precision() {
    return precision(falsePositives / (double) normal);
  }

  private double precision(double falseRate) {
    double right = abnormalInAll * recall();
    return right == 0 ? 0 : right / (right + normalInAll * falseRate);
  }

  /** Harmonic mean of precision and recall. */
  public double f1() {
    return f1(precision());
  }

  private double f1(double precision) {
    double sum = precision + recall();
    return sum == 0 ? 0 : 2 * precision * recall() / sum;
  }

  /**
   * F1 at the ends of the 95 % interval of the false alarm rate (Wilson, JASA 22, 1927).
   *
   * @return lower and upper end
   */
  public double[] f1Interval() {
    double z = 1.959964;
    double n = normal;
    double p = falsePositives / n;
    double centre = (p + z * z / (2 * n)) / (1 + z * z / n);
    double half = z / (1 + z * z / n) * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    return new double[] {f1(precision(centre + half)), f1(precision(Math.max(0, centre - half)))};
  }
}

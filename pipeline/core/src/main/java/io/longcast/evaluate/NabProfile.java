package io.longcast.evaluate;

/**
 * The cost weights of an application profile of the Numenta Anomaly Benchmark (Lavin and Ahmad
 * 2015, table 1 as published in its configuration).
 */
public enum NabProfile {
  STANDARD("nab_standard", 1, 0.11, 1),
  REWARD_LOW_FP("nab_reward_low_fp", 1, 0.22, 1),
  REWARD_LOW_FN("nab_reward_low_fn", 1, 0.11, 2);

  private final String metric;
  private final double truePositive;
  private final double falsePositive;
  private final double falseNegative;

  NabProfile(String metric, double truePositive, double falsePositive, double falseNegative) {
    this.metric = metric;
    this.truePositive = truePositive;
    this.falsePositive = falsePositive;
    this.falseNegative = falseNegative;
  }

  /** Name of the metric in reports. */
  public String metric() {
    return metric;
  }

  /** Weight of a window found. */
  public double truePositive() {
    return truePositive;
  }

  /** Weight of an alarm outside every window. */
  public double falsePositive() {
    return falsePositive;
  }

  /** Weight of a window missed. */
  public double falseNegative() {
    return falseNegative;
  }
}

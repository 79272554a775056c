package io.longcast.train.round;

import org.apache.spark.SparkConf;

/**
 * Which {@link RoundMode} suits a cluster.
 *
 * @param mode {@code STAGE} or {@code JOB}
 * @param reason in words
 */
record RoundRule(RoundMode mode, String reason) {
  /** Every task of a stage is served by the driver: beyond, a broadcast and groups are cheaper. */
  private static final int MOST_TASKS = GroupSum.SIZE;

  /** What the mode means, for the log. */
  String words() {
    return mode == RoundMode.STAGE ? "one Spark stage for all of them" : "a Spark job each";
  }

  /**
   * The mode that was asked for, or the one that suits.
   *
   * @param tasks of a round
   * @param shards of a run
   * @param shared whether another training of the application keeps cores
   */
  static RoundRule of(RoundMode asked, SparkConf conf, int tasks, int shards, boolean shared) {
    if (asked != RoundMode.AUTO) {
      return new RoundRule(asked, "training.rounds says so");
    }
    if (shared) {
      return new RoundRule(RoundMode.JOB, "another training of this application keeps its cores");
    }
    if (conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
      return new RoundRule(RoundMode.JOB, "executors come and go");
    }
    if (conf.contains("spark.default.parallelism")) {
      return new RoundRule(RoundMode.JOB, "spark.default.parallelism hides the number of cores");
    }
    if (conf.getBoolean("spark.authenticate", false)
        || conf.getBoolean("spark.ssl.enabled", false)) {
      return new RoundRule(RoundMode.JOB, "the cluster authenticates or encrypts what it sends");
    }
    if (conf.getBoolean("spark.speculation", false)) {
      return new RoundRule(RoundMode.JOB, "spark.speculation starts long tasks twice");
    }
    if (conf.get("spark.scheduler.mode", "FIFO").equalsIgnoreCase("FAIR")) {
      return new RoundRule(RoundMode.JOB, "other jobs share the cores (spark.scheduler.mode)");
    }
    if (shards > MOST_TASKS) {
      return new RoundRule(RoundMode.JOB, shards + " shards are added up on executors");
    }
    return new RoundRule(RoundMode.STAGE, tasks + " tasks fit the cores that are there");
  }
}

package io.longcast.bench;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A driver that runs {@code bench averaging} at the sizes in its arguments: master, hidden size,
 * averaging frequency, rounds, repeats, rounds of the cost model.
 */
public final class AveragingBenchRun {
  private AveragingBenchRun() {}

  public static void main(String[] arguments) {
    int[] sizes = new int[arguments.length];
    for (int i = 1; i < sizes.length; i++) {
      sizes[i] = Integer.parseInt(arguments[i]);
    }
    SparkConf conf =
        new SparkConf()
            .setMaster(arguments[0])
            .setAppName("bench averaging")
            .set("spark.executor.cores", "1")
            .set("spark.scheduler.minRegisteredResourcesRatio", "1.0");
    AveragingBenchSpec spec =
        new AveragingBenchSpec(2, 24, 14, sizes[1], 32, sizes[2], sizes[3], sizes[4], sizes[5]);
    try (JavaSparkContext context = new JavaSparkContext(conf)) {
      BenchResult report = new AveragingBench(context, spec).run();
      report.lines().forEach(System.out::println);
      System.out.println("figures " + report.report().json().replace("\n", " "));
    }
  }
}

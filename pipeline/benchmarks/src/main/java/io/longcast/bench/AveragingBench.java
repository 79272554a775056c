package io.longcast.bench;

import io.longcast.bench.RoundCost.Point;
import io.longcast.bench.TrainingMasterBenchmark.Contender;
import io.longcast.benchmark.BenchmarkReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * {@code bench averaging}: our training master against DL4J's and against one executor, and the
 * cost of a round as a function of shards and parameters. Meant for a cluster of single-core
 * executors, such as {@code --master local-cluster[2,1,1024]}.
 */
public final class AveragingBench {
  private final JavaSparkContext context;
  private final AveragingBenchSpec spec;
  private long start;

  /** A measurement on this cluster. */
  public AveragingBench(JavaSparkContext context, AveragingBenchSpec spec) {
    this.context = context;
    this.spec = spec;
  }

  /** The contenders with one layer. */
  private enum Layer {
    DL4J(
        "",
        "DL4J's LSTM",
        Contender.OURS,
        Contender.DL4J,
        Contender.DL4J_DEFAULTS,
        Contender.BARE_STEPS),
    OURS(
        "_kernels",
        "our LSTM",
        Contender.OURS_KERNELS,
        Contender.DL4J_KERNELS,
        Contender.DL4J_DEFAULTS_KERNELS,
        Contender.BARE_STEPS_KERNELS),
    LARGE_BATCH(
        "_large_batch",
        "our LSTM on batches five times as large",
        Contender.OURS_LARGE_BATCH,
        Contender.DL4J_LARGE_BATCH,
        null,
        Contender.BARE_STEPS_LARGE_BATCH);

    private final String suffix;
    private final String title;
    private final Contender ours;
    private final Contender dl4j;
    private final Contender defaults;
    private final Contender bare;

    Layer(
        String suffix,
        String title,
        Contender ours,
        Contender dl4j,
        Contender defaults,
        Contender bare) {
      this.suffix = suffix;
      this.title = title;
      this.ours = ours;
      this.dl4j = dl4j;
      this.defaults = defaults;
      this.bare = bare;
    }
  }

  /** Runs everything; minutes on a small machine. */
  public BenchResult run() {
    start = System.nanoTime();
    TrainingMasterBenchmark race = new TrainingMasterBenchmark(context, spec);
    Map<Contender, Double> seconds = new LinkedHashMap<>();
    race.run().forEach((who, runs) -> seconds.put(who, median(runs)));
    RoundCost cost = new RoundCost(context, spec.executors(), spec.costRounds());
    List<Point> points = cost.measure();
    return report(race.parameters(), seconds, points, cost.emptyJob());
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private BenchResult report(
      long parameters, Map<Contender, Double> seconds, List<Point> points, double emptyJob) {
    CostLine line = CostLine.fit(points);
    Map<String, Double> metrics = new LinkedHashMap<>();
    List<String> lines = new ArrayList<>();
    double perShard = (double) spec.minibatches() * spec.batchSize();
    seconds.forEach(
        (who, took) -> {
          int shards = who.isAlone() ? 1 : spec.executors();
          String name = who.name().toLowerCase(Locale.ROOT);
          double windows = shards * perShard * who.times();
          metrics.put(name + "_windows_per_second", windows / took);
          metrics.put(name + "_seconds", took);
          lines.add(text("%-20s %9.0f windows/s  %.2f s", name, windows / took, took));
        });
    for (Layer layer : Layer.values()) {
      compare(layer, seconds, metrics, lines);
    }
    double both = seconds.get(Contender.DL4J) / seconds.get(Contender.OURS_KERNELS);
    metrics.put("times_faster_than_dl4j_with_its_own_layer", both);
    lines.add(
        text(
            "Longcast with its LSTM is %.1f times as fast as DL4J's master with DL4J's LSTM",
            both));
    metrics.put("parameters", (double) parameters);
    metrics.put("round_megabytes", spec.executors() * 2 * 12.0 * parameters / 1e6);
    metrics.put("empty_job_ms", 1e3 * emptyJob);
    lines.add(text("an empty Spark job of a task an executor takes %.1f ms", 1e3 * emptyJob));
    cost(points, line, metrics, lines);
    return new BenchResult(
        lines,
        BenchmarkReport.of(
            "averaging", metrics, Map.of(), spec, (System.nanoTime() - start) / 1e9));
  }

  private void compare(
      Layer layer, Map<Contender, Double> took, Map<String, Double> metrics, List<String> lines) {
    double alone = took.get(layer.bare);
    double ours = took.get(layer.ours);
    double faster = took.get(layer.dl4j) / ours;
    double beyond = (ours - alone) / spec.rounds();
    double dl4jBeyond = (took.get(layer.dl4j) - alone) / spec.rounds();
    metrics.put("times_faster_than_dl4j" + layer.suffix, faster);
    metrics.put("share_of_bare_scaling" + layer.suffix, alone / ours);
    metrics.put("compute_round_seconds" + layer.suffix, alone / spec.rounds());
    metrics.put("ours_round_beyond_seconds" + layer.suffix, beyond);
    metrics.put("dl4j_round_beyond_seconds" + layer.suffix, dl4jBeyond);
    String defaults = "";
    if (layer.defaults != null) {
      double times = took.get(layer.defaults) / ours;
      metrics.put("times_faster_than_dl4j_defaults" + layer.suffix, times);
      defaults = text(", %.2f times as with its defaults", times);
    }
    lines.add(
        text(
            "%s: Longcast is %.2f times as fast as DL4J's master at its best%s, and reaches %.0f %%"
                + " of the steps alone (%.0f ms a round); a round beyond them costs %.0f ms,"
                + " DL4J's at its best %.0f ms",
            layer.title,
            faster,
            defaults,
            100 * alone / ours,
            1e3 * alone / spec.rounds(),
            1e3 * beyond,
            1e3 * dl4jBeyond));
  }

  private static void cost(
      List<Point> points, CostLine line, Map<String, Double> metrics, List<String> lines) {
    for (Point point : points) {
      String key = "round_beyond_ms_" + point.shards() + "x" + point.parameters();
      metrics.put(key, 1e3 * point.beyond());
      lines.add(
          text(
              "%3d shards x %7d parameters: %6.1f ms beyond compute"
                  + " (broadcast %.1f, reduce %.1f, waiting %.1f), %.1f MB moved",
              point.shards(),
              point.parameters(),
              1e3 * point.beyond(),
              1e3 * point.broadcast(),
              1e3 * point.reduce(),
              1e3 * point.waiting(),
              point.megabytes()));
    }
    metrics.put("cost_fixed_ms", 1e3 * line.fixed());
    metrics.put("cost_per_shard_ms", 1e3 * line.perShard());
    metrics.put("cost_per_megabyte_ms", 1e3 * line.perMegabyte());
    double hundred = line.seconds(100, 200 * 12.0 * 70_000 / 1e6);
    metrics.put("cost_of_100_shards_x70000_ms", 1e3 * hundred);
    lines.add(
        text(
            "a round costs %.1f ms + %.2f ms a shard + %.2f ms a MB moved;"
                + " 100 shards of 70000 parameters on 100 executors: %.0f ms",
            1e3 * line.fixed(), 1e3 * line.perShard(), 1e3 * line.perMegabyte(), 1e3 * hundred));
    double nine = 9 * line.seconds(8, 10 * 12.0 * 70_000 / 1e6);
    metrics.put("compute_for_90_percent_ms", 1e3 * nine);
    lines.add(
        text(
            "8 shards of 70000 parameters on two executors reach 90 %% of the steps alone from"
                + " %.0f ms of compute a round",
            1e3 * nine));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}

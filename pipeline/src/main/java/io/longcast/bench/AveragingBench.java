package io.longcast.bench;

import io.longcast.bench.MasterRace.Contender;
import io.longcast.bench.RoundCost.Line;
import io.longcast.bench.RoundCost.Point;
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

  /** A measurement on this cluster. */
  public AveragingBench(JavaSparkContext context, AveragingBenchSpec spec) {
    this.context = context;
    this.spec = spec;
  }

  /**
   * What was measured.
   *
   * @param lines to print
   * @param json for {@code --json}
   */
  public record Report(List<String> lines, Map<String, Object> json) {}

  /** Runs everything; minutes on a small machine. */
  public Report run() {
    MasterRace race = new MasterRace(context, spec);
    Map<Contender, Double> seconds = new LinkedHashMap<>();
    race.run().forEach((who, runs) -> seconds.put(who, median(runs)));
    List<Point> points = new RoundCost(context, spec.executors(), spec.costRounds()).measure();
    return report(race.parameters(), seconds, points);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private Report report(long parameters, Map<Contender, Double> seconds, List<Point> points) {
    Line line = RoundCost.fit(points);
    Map<String, Object> metrics = new LinkedHashMap<>();
    List<String> lines = new ArrayList<>();
    double perShard = (double) spec.minibatches() * spec.batchSize();
    seconds.forEach(
        (who, took) -> {
          int shards = who.isAlone() ? 1 : spec.executors();
          String name = who.name().toLowerCase(Locale.ROOT);
          metrics.put(name + "_windows_per_second", shards * perShard / took);
          metrics.put(name + "_seconds", took);
          lines.add(text("%-20s %9.0f windows/s  %.2f s", name, shards * perShard / took, took));
        });
    compare("", seconds, Contender.OURS, Contender.DL4J, Contender.BARE_STEPS, metrics, lines);
    compare(
        "_kernels",
        seconds,
        Contender.OURS_KERNELS,
        Contender.DL4J_KERNELS,
        Contender.BARE_STEPS_KERNELS,
        metrics,
        lines);
    double both = seconds.get(Contender.DL4J) / seconds.get(Contender.OURS_KERNELS);
    metrics.put("times_faster_than_dl4j_with_its_own_layer", both);
    lines.add(text("ours with our LSTM is %.1f times as fast as DL4J's with DL4J's", both));
    metrics.put("round_megabytes", spec.executors() * 2 * 12.0 * parameters / 1e6);
    cost(points, line, metrics, lines);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("benchmark", "averaging");
    json.put("metrics", metrics);
    json.put("settings", Map.of("parameters", parameters, "spec", spec.toString()));
    return new Report(List.copyOf(lines), json);
  }

  private void compare(
      String layer,
      Map<Contender, Double> seconds,
      Contender ours,
      Contender dl4j,
      Contender bare,
      Map<String, Object> metrics,
      List<String> lines) {
    double alone = seconds.get(bare);
    double faster = seconds.get(dl4j) / seconds.get(ours);
    double share = alone / seconds.get(ours);
    double beyond = (seconds.get(ours) - alone) / spec.rounds();
    double dl4jBeyond = (seconds.get(dl4j) - alone) / spec.rounds();
    metrics.put("times_faster_than_dl4j" + layer, faster);
    metrics.put("share_of_bare_scaling" + layer, share);
    metrics.put("ours_round_beyond_seconds" + layer, beyond);
    metrics.put("dl4j_round_beyond_seconds" + layer, dl4jBeyond);
    lines.add(
        text(
            "%s: ours is %.1f times as fast as DL4J's master, reaches %.0f %% of the steps alone;"
                + " a round beyond them costs %.0f ms, DL4J's %.0f ms",
            layer.isEmpty() ? "DL4J's LSTM" : "our LSTM",
            faster,
            100 * share,
            1e3 * beyond,
            1e3 * dl4jBeyond));
  }

  private static void cost(
      List<Point> points, Line line, Map<String, Object> metrics, List<String> lines) {
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
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}

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
          int shards = who == Contender.ONE_EXECUTOR ? 1 : spec.executors();
          String name = who.name().toLowerCase(Locale.ROOT);
          metrics.put(name + "_windows_per_second", shards * perShard / took);
          metrics.put(name + "_seconds", took);
          lines.add(text("%-14s %9.0f windows/s  %.2f s", name, shards * perShard / took, took));
        });
    double bare = seconds.get(Contender.BARE_STEPS);
    double ours = seconds.get(Contender.OURS);
    metrics.put("times_faster_than_dl4j", seconds.get(Contender.DL4J) / ours);
    metrics.put("share_of_bare_scaling", bare / ours);
    metrics.put("ours_round_beyond_seconds", (ours - bare) / spec.rounds());
    metrics.put("dl4j_round_beyond_seconds", (seconds.get(Contender.DL4J) - bare) / spec.rounds());
    metrics.put("round_megabytes", spec.executors() * 2 * 12.0 * parameters / 1e6);
    lines.add(
        text(
            "ours is %.1f times as fast as DL4J's master and reaches %.0f %% of the steps alone",
            seconds.get(Contender.DL4J) / ours, 100 * bare / ours));
    cost(points, line, metrics, lines);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("benchmark", "averaging");
    json.put("metrics", metrics);
    json.put("settings", Map.of("parameters", parameters, "spec", spec.toString()));
    return new Report(List.copyOf(lines), json);
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

package io.longcast.bench;

import io.longcast.anomaly.AnomalySpec;
import io.longcast.anomaly.DetectResult;
import io.longcast.anomaly.DetectStage;
import io.longcast.anomaly.DetectorConfig;
import io.longcast.anomaly.DetectorContext;
import io.longcast.anomaly.LocalDetection;
import io.longcast.benchmark.BenchmarkReport;
import io.longcast.clean.CleanSpec;
import io.longcast.forecast.IntervalCalibration;
import io.longcast.model.baseline.Baseline;
import io.longcast.series.CalendarSpec;
import io.longcast.series.Frequency;
import io.longcast.series.GridAxis;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.table.DetectorStatesTable;
import io.longcast.table.EventsTable;
import io.longcast.window.CutterSpec;
import io.longcast.window.WindowSpec;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Scores a large fleet in one pass: points a second and core, the most heap at a tenth of the fleet
 * and at all of it, and whether a restart in the middle gives the same. The series are made in the
 * tasks that score them; a value ahead is expected to be as a day before.
 */
public final class FleetBench {
  private static final int SEASON = 24;
  private static final int CALIBRATED = 50;
  private static final int SERIES_A_TASK = 50;
  private static final double WEEK = 168;
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
  private static final List<Double> LEVELS = List.of(.025, .25, .5, .75, .975);

  private final CleanSpec clean;
  private final SparkSession spark;
  private final FleetBenchSpec bench;
  private final DetectorConfig detection;

  /**
   * @param spec the parts and the budget; alarms alone are kept
   * @param clean how a resumed pass fills gaps
   */
  public FleetBench(SparkSession spark, FleetBenchSpec bench, AnomalySpec spec, CleanSpec clean) {
    this.clean = clean;
    this.spark = spark;
    this.bench = bench;
    DetectorContext plan =
        new DetectorContext(
            new CutterSpec(
                new WindowSpec(2 * SEASON, SEASON, 1),
                SeriesLayout.of("value"),
                CalendarSpec.NONE,
                false),
            () -> Baseline.SEASONAL_NAIVE.forecaster(SEASON, LEVELS),
            IntervalCalibration.none(LEVELS),
            SEASON,
            spec.keepingAlarms());
    List<Segment> usual =
        IntStream.range(0, Math.min(CALIBRATED, bench.series()))
            .mapToObj(number -> wave(number, bench.points(), bench.points()))
            .toList();
    detection =
        DetectorConfig.of(
            plan,
            LocalDetection.calibrate(usual, plan, Segment::length),
            WEEK,
            bench.series(),
            "bench");
  }

  /** The first points of a machine with a daily wave, noise and, once, a day at another level. */
  private static Segment wave(int number, int points, int first) {
    SplittableRandom random = new SplittableRandom(number);
    int shifted = points / 4 + random.nextInt(points / 2);
    float[] values = new float[points];
    for (int t = 0; t < points; t++) {
      double day = 10 * Math.sin(2 * Math.PI * (t % SEASON) / SEASON);
      double shift = t >= shifted && t < shifted + SEASON ? 12 : 0;
      values[t] = (float) (50 + day + shift + 3 * random.nextDouble());
    }
    GridAxis axis = new GridAxis(START, new Frequency(1, Frequency.Unit.HOUR), ZoneOffset.UTC);
    return Segment.of("wave-" + number, axis, Arrays.copyOf(values, first));
  }

  private JavaRDD<Segment> fleet(int series, int first) {
    int points = bench.points();
    List<Integer> numbers = IntStream.range(0, series).boxed().toList();
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(numbers, Math.max(1, series / SERIES_A_TASK))
        .map(number -> wave(number, points, first));
  }

  /** What a pass found, as sums of hashes that no order changes. */
  private record Found(long events, long eventHash, long alarmHash, long stateHash) {}

  /** A pass over the fleet with its time and heap. */
  private record Pass(Found found, double seconds, long heap) {}

  /** Scores a tenth of the fleet, all of it and, if configured, all of it with a restart. */
  public BenchResult run() {
    long start = System.nanoTime();
    Instant cut = START.plusSeconds(3600L * (bench.points() / 2));
    List<String> lines = new ArrayList<>();
    Pass tenth = pass(bench.series() / 10, cut);
    lines.add(line(bench.series() / 10, tenth));
    Pass all = pass(bench.series(), cut);
    lines.add(line(bench.series(), all));
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("points_per_second_per_core", speed(bench.series(), all));
    metrics.put("most_heap_bytes", (double) all.heap());
    metrics.put("most_heap_bytes_at_a_tenth", (double) tenth.heap());
    if (bench.restart()) {
      Found resumed = resumed(cut);
      metrics.put("same_after_restart", resumed.equals(all.found()) ? 1. : 0.);
      lines.add(
          "restart after %d points: %s (%d events behind it, alarms, states)"
              .formatted(
                  bench.points() / 2,
                  resumed.equals(all.found())
                      ? "the same"
                      : "NOT the same: %s, in one pass %s".formatted(resumed, all.found()),
                  all.found().events()));
    }
    double took = (System.nanoTime() - start) / 1e9;
    return new BenchResult(lines, BenchmarkReport.of("fleet", metrics, Map.of(), bench, took));
  }

  private double speed(int series, Pass pass) {
    int cores = spark.sparkContext().defaultParallelism();
    return (double) series * bench.points() / pass.seconds() / cores;
  }

  private Pass pass(int series, Instant cut) {
    heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
    long start = System.nanoTime();
    try (DetectResult result =
        DetectStage.detect(spark, fleet(series, bench.points()), detection)) {
      Found found = found(result, cut);
      double seconds = (System.nanoTime() - start) / 1e9;
      long heap = heapPools().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
      return new Pass(found, seconds, heap);
    }
  }

  private static List<MemoryPoolMXBean> heapPools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }

  private Found resumed(Instant cut) {
    try (DetectResult first =
            DetectStage.detect(spark, fleet(bench.series(), bench.points() / 2), detection);
        DetectResult second =
            DetectStage.resume(
                spark, fleet(bench.series(), bench.points()), first.states(), clean, detection)) {
      return found(second, cut);
    }
  }

  /** Events and alarms from a time on, and the states at the end. */
  private Found found(DetectResult result, Instant cut) {
    Dataset<Row> events =
        result
            .events(bench.series())
            .where(functions.col(EventsTable.START).geq(Timestamp.from(cut)))
            .cache();
    Dataset<Row> alarms =
        result.anomalies().where(functions.col("timestamp").geq(Timestamp.from(cut)));
    try {
      return new Found(
          events.count(),
          hash(events.javaRDD().map(row -> row.hashCode())),
          hash(alarms.javaRDD().map(row -> row.hashCode())),
          hash(
              result
                  .states()
                  .javaRDD()
                  .map(
                      row ->
                          row.getAs(DetectorStatesTable.SERIES_ID).hashCode()
                              ^ Arrays.hashCode(row.<byte[]>getAs(DetectorStatesTable.STATE)))));
    } finally {
      events.unpersist();
    }
  }

  private static long hash(JavaRDD<Integer> hashes) {
    return hashes.map(hash -> hash * 0x9E3779B97F4A7C15L).fold(0L, Long::sum);
  }

  private String line(int series, Pass pass) {
    return String.format(
        Locale.ROOT,
        "%,d series of %,d points: %.1f s, %,.0f points a second and core, most heap %,d MiB",
        series,
        bench.points(),
        pass.seconds(),
        speed(series, pass),
        pass.heap() >> 20);
  }
}

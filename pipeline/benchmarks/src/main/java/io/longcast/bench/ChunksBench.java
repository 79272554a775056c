package io.longcast.bench;

import com.sun.management.OperatingSystemMXBean;
import io.longcast.anomaly.AnomalySpec;
import io.longcast.anomaly.DetectResult;
import io.longcast.anomaly.DetectStage;
import io.longcast.anomaly.DetectorConfig;
import io.longcast.anomaly.DetectorContext;
import io.longcast.anomaly.LocalDetection;
import io.longcast.bench.DetectionDifference.Tables;
import io.longcast.benchmark.BenchmarkReport;
import io.longcast.benchmark.BudgetBenchmark;
import io.longcast.forecast.IntervalCalibration;
import io.longcast.model.ModelSpec;
import io.longcast.series.CalendarSpec;
import io.longcast.series.Frequency;
import io.longcast.series.GridAxis;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.window.CutterSpec;
import io.longcast.window.WindowSpec;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Compares scoring a series in parallel chunks with scoring it in one pass: differences of the
 * scores, alarms and events in common, elapsed and processor time.
 */
public final class ChunksBench {
  private static final int CONTEXT_SEASONS = 4;
  private static final double WEEK = 7 * 86_400;
  private static final double DAY = 86_400;

  private final SparkSession spark;
  private final ChunksBenchSpec bench;
  private final AnomalySpec spec;
  private final ModelSpec model;
  private final List<BudgetBenchmark.Data> data;

  /**
   * @param spec parts and budget
   * @param model the forecaster; its parameters are random
   * @param data to score
   */
  public ChunksBench(
      SparkSession spark,
      ChunksBenchSpec bench,
      AnomalySpec spec,
      ModelSpec model,
      List<BudgetBenchmark.Data> data) {
    this.spark = spark;
    this.bench = bench;
    this.spec = spec;
    this.model = model;
    this.data = data;
  }

  /** Runs all data with every number of chunks. */
  public BenchResult run() {
    long start = System.nanoTime();
    List<String> lines = new ArrayList<>(List.of(heading()));
    Map<String, Double> metrics = new LinkedHashMap<>();
    data.forEach(each -> compare(each, lines, metrics));
    double took = (System.nanoTime() - start) / 1e9;
    return new BenchResult(lines, BenchmarkReport.of("chunks", metrics, Map.of(), bench, took));
  }

  /** An hourly series with a day, noise, a level that wanders and, now and then, a shift. */
  public static BudgetBenchmark.Data wave(int points) {
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[points];
    double level = 0;
    double shift = 0;
    for (int t = 0; t < points; t++) {
      level = .999 * level + .3 * (random.nextDouble() - .5);
      shift = random.nextInt(3000) == 0 ? 12 : random.nextInt(24) == 0 ? 0 : shift;
      double day = 10 * Math.sin(2 * Math.PI * (t % 24) / 24);
      values[t] = (float) (50 + day + level + shift + 3 * random.nextDouble());
    }
    GridAxis axis =
        new GridAxis(Instant.parse("1900-01-01T00:00:00Z"), Frequency.parse("1h"), ZoneOffset.UTC);
    return new BudgetBenchmark.Data(
        "wave",
        SeriesLayout.of("value"),
        axis.frequency(),
        List.of(Segment.of("wave", axis, values)),
        List.of());
  }

  private void compare(BudgetBenchmark.Data data, List<String> lines, Map<String, Double> metrics) {
    DetectorConfig exact = detection(data);
    detect(data, exact).close();
    try (Pass one = detect(data, exact);
        Tables tables = Tables.of(one.result())) {
      lines.add(line(data.name(), 1, one, ""));
      metrics.put(data.name() + " 1 seconds", one.seconds());
      for (int chunks : bench.chunks()) {
        AnomalySpec cutting = spec.inParallelChunks(chunks, spec.chunkWarmUp());
        try (Pass cut = detect(data, exact.with(cutting));
            Tables others = Tables.of(cut.result())) {
          DetectionDifference difference = DetectionDifference.of(tables, others);
          String name = data.name() + " " + chunks + " ";
          lines.add(line(data.name(), chunks, cut, difference.words()));
          lines.add("  " + cut.result().approximation().orElseThrow());
          difference.figures().forEach((figure, value) -> metrics.put(name + figure, value));
          metrics.put(name + "seconds", cut.seconds());
          metrics.put(name + "processor_seconds", cut.processor());
        }
      }
    }
  }

  private static String heading() {
    return String.format(
        Locale.ROOT,
        "%-8s %8s %8s %8s  %s",
        "data",
        "segments",
        "seconds",
        "cpu s",
        "   mean      max   > .01  alarms common  exact  other  events right  other  found  exact");
  }

  private static String line(String name, int segments, Pass pass, String words) {
    return String.format(
        Locale.ROOT,
        "%-8s %8d %8.1f %8.1f  %s",
        name,
        segments,
        pass.seconds(),
        pass.processor(),
        words);
  }

  private DetectorConfig detection(BudgetBenchmark.Data data) {
    int season = (int) Math.round(DAY / data.frequency().meanSeconds());
    WindowSpec window = new WindowSpec(CONTEXT_SEASONS * season, season, 1);
    DetectorContext plan =
        new DetectorContext(
            new CutterSpec(window, data.layout(), CalendarSpec.NONE, false),
            RandomNetwork.of(model, bench.hiddenSize(), window),
            IntervalCalibration.none(model.output().quantileLevels()),
            season,
            spec.inParallelChunks(1, 0));
    return DetectorConfig.of(
        plan,
        LocalDetection.calibrate(data.segments(), plan, segment -> segment.length() / 4),
        WEEK / data.frequency().meanSeconds(),
        data.segments().size(),
        "bench");
  }

  /** A detection with its time. */
  private record Pass(DetectResult result, double seconds, double processor)
      implements AutoCloseable {
    @Override
    public void close() {
      result.close();
    }
  }

  private Pass detect(BudgetBenchmark.Data data, DetectorConfig detection) {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long processor = system.getProcessCpuTime();
    long start = System.nanoTime();
    DetectResult result =
        DetectStage.detect(
            spark,
            JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(data.segments(), data.segments().size()),
            detection);
    result.states().count();
    return new Pass(
        result, (System.nanoTime() - start) / 1e9, (system.getProcessCpuTime() - processor) / 1e9);
  }
}

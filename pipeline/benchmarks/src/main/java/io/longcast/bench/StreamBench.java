package io.longcast.bench;

import static org.apache.spark.sql.functions.expr;

import io.longcast.anomaly.AnomalySpec;
import io.longcast.anomaly.DetectorConfig;
import io.longcast.anomaly.DetectorContext;
import io.longcast.anomaly.LocalDetection;
import io.longcast.anomaly.StreamPlan;
import io.longcast.benchmark.BenchmarkReport;
import io.longcast.clean.ArrivalPlan;
import io.longcast.clean.CategoryCodes;
import io.longcast.config.RunSpec;
import io.longcast.forecast.IntervalCalibration;
import io.longcast.read.ReadStage;
import io.longcast.series.CalendarSpec;
import io.longcast.series.Frequency;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.stream.StreamCounts;
import io.longcast.stream.StreamStage;
import io.longcast.window.CutterSpec;
import io.longcast.window.WindowSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FlatMapGroupsWithStateFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.GroupStateTimeout;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.util.LongAccumulator;

/**
 * Detection on a stream as fast as micro-batches can follow one another, and beside it in the same
 * harness what Spark itself needs: the same rows through a stateful operator that counts them.
 */
public final class StreamBench {
  /** Time of the first rows. */
  static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

  private static final int SEASON = 20;
  private static final int CALIBRATED = 20;
  private static final int POINTS = 2000;

  /** One of so many rows is a fault. */
  private static final int FAULTS = 5000;

  private static final int SERIES_A_FOREST = 20;

  private static final long SECOND = 1_000_000;
  private static final long DAY = 86_400 * SECOND;
  private static final long EXPIRES = 30 * DAY;

  /** Seconds of a series in the soak. */
  private static final int LIFETIME = 300;

  private static final String WATERMARK = "2 seconds";

  private final SparkSession spark;
  private final RunSpec run;
  private final StreamBenchSpec bench;

  /**
   * @param run the detector's components, model and columns
   */
  public StreamBench(SparkSession spark, RunSpec run) {
    this.spark = spark.newSession();
    this.run = run;
    bench = run.section(BenchSpec.class).stream();
    int cores = spark.sparkContext().defaultParallelism();
    this.spark.conf().set("spark.sql.shuffle.partitions", cores);
    this.spark.conf().set("spark.sql.session.timeZone", "UTC");
  }

  /** Runs the floor, the detector as fast as it can, and the detector in real time. */
  public BenchResult run() {
    long start = System.nanoTime();
    StreamCounts counts = StreamCounts.of(spark);
    Trigger atOnce = Trigger.ProcessingTime(0);
    StreamPass floor = StreamPass.of(bench, floor(rows(bench.series())), atOnce);
    Optional<Forest> forest = forest(atOnce);
    StreamPass detector =
        StreamPass.of(bench, detector(rows(bench.series()), counts, EXPIRES), atOnce);
    StreamPass live =
        StreamPass.of(
            bench,
            detector(rows(bench.series()), StreamCounts.of(spark), EXPIRES),
            Trigger.ProcessingTime(1000L * bench.secondsPerBatch()));
    Optional<StreamPass> soak = bench.soakSeconds() == 0 ? Optional.empty() : Optional.of(soak());
    int cores = spark.sparkContext().defaultParallelism();
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("floor_rows_per_second_per_core", floor.speed() / cores);
    metrics.put("rows_per_second_per_core", detector.speed() / cores);
    metrics.put("share_of_floor", detector.speed() / floor.speed());
    metrics.put("median_batch_seconds", detector.quantile(.5));
    metrics.put("p99_batch_seconds", detector.quantile(.99));
    metrics.put("median_alert_seconds", StreamPass.quantile(live.alerts(), .5));
    metrics.put("p99_alert_seconds", StreamPass.quantile(live.alerts(), .99));
    metrics.put("alerts", (double) live.alerts().length);
    metrics.put("state_bytes_per_series", (double) counts.bytesPerState());
    metrics.put("heap_bytes_first", (double) detector.heapFirst());
    metrics.put("heap_bytes_last", (double) detector.heapLast());
    soak.ifPresent(
        pass -> {
          metrics.put("soak_heap_bytes_first", (double) pass.heapFirst());
          metrics.put("soak_heap_bytes_last", (double) pass.heapLast());
          metrics.put("soak_series_first", (double) pass.statesFirst());
          metrics.put("soak_series_last", (double) pass.statesLast());
        });
    forest.ifPresent(
        peer -> {
          metrics.put("forest_rows_per_second_per_core", peer.pass().speed() / cores);
          metrics.put("forest_state_bytes_per_series", (double) peer.stateBytes());
        });
    List<String> lines =
        List.of(
            "%,d series, %d rows each a micro-batch, context %d, LSTM of %d units, %d cores"
                .formatted(
                    bench.series(),
                    bench.secondsPerBatch(),
                    bench.contextLength(),
                    bench.hiddenSize(),
                    cores),
            line("counting operator", floor, cores),
            forest
                .map(
                    peer ->
                        line(
                                "Random Cut Forest, %,d series".formatted(forestSeries()),
                                peer.pass(),
                                cores)
                            + ", state %,d bytes a series".formatted(peer.stateBytes()))
                .orElseGet(ForestOperator::hint),
            line("detector", detector, cores),
            String.format(
                Locale.ROOT,
                "share of the counting operator %.2f; state %,d bytes a series; %,d steps scored;"
                    + " heap after collection %,d MB after %d micro-batches, %,d MB after %d",
                detector.speed() / floor.speed(),
                counts.bytesPerState(),
                counts.get(StreamCounts.Kind.SCORED),
                detector.heapFirst() >> 20,
                detector.all() / 2,
                detector.heapLast() >> 20,
                detector.all()),
            String.format(
                Locale.ROOT,
                "in real time, %,d rows a second: from arrival to alert median %.1f s, 99 %% %.1f s"
                    + " of %,d alerts; micro-batch median %.2f s, trigger %d s",
                bench.series(),
                StreamPass.quantile(live.alerts(), .5),
                StreamPass.quantile(live.alerts(), .99),
                live.alerts().length,
                live.quantile(.5),
                bench.secondsPerBatch()),
            soak.map(this::soakLine).orElse("no soak (bench.stream.soakSeconds)"));
    double took = (System.nanoTime() - start) / 1e9;
    return new BenchResult(lines, BenchmarkReport.of("stream", metrics, Map.of(), bench, took));
  }

  private String soakLine(StreamPass pass) {
    return String.format(
        Locale.ROOT,
        "soak of %,d s, each series for %d s: %,d rows in the later half, heap after collection"
            + " %,d MB and %,d series in the state at its begin, %,d MB and %,d at its end",
        bench.soakSeconds(),
        LIFETIME,
        pass.rows(),
        pass.heapFirst() >> 20,
        pass.statesFirst(),
        pass.heapLast() >> 20,
        pass.statesLast());
  }

  /** Series appear and expire all the time. */
  private StreamPass soak() {
    Dataset<Row> rows =
        rows(bench.series())
            .withColumn(
                "series_id",
                expr(
                    "concat(series_id, '-', (unix_seconds(timestamp) + crc32(series_id)) div %d)"
                        .formatted(LIFETIME)));
    return StreamPass.of(
        bench,
        detector(rows, StreamCounts.of(spark), LIFETIME * SECOND),
        Trigger.ProcessingTime(0),
        Integer.MAX_VALUE / 2,
        bench.soakSeconds());
  }

  private static String line(String name, StreamPass pass, int cores) {
    return String.format(
        Locale.ROOT,
        "%s: %,.0f rows a second and core (%,.0f by CPU time), %d micro-batches, median %.2f s,"
            + " 99 %% %.2f s",
        name,
        pass.speed() / cores,
        pass.rows() / pass.cpuSeconds(),
        pass.seconds().length,
        pass.quantile(.5),
        pass.quantile(.99));
  }

  /**
   * What is measured of the forest.
   *
   * @param stateBytes of a series, mean
   */
  private record Forest(StreamPass pass, long stateBytes) {}

  /** Its states are so large that those of all series do not fit the heap. */
  private int forestSeries() {
    return Math.max(1, bench.series() / SERIES_A_FOREST);
  }

  private Optional<Forest> forest(Trigger trigger) {
    if (!ForestOperator.isAvailable()) {
      return Optional.empty();
    }
    LongAccumulator states = spark.sparkContext().longAccumulator("forest states");
    LongAccumulator bytes = spark.sparkContext().longAccumulator("forest state bytes");
    Dataset<Row> rows = rows(forestSeries());
    Dataset<Row> scores =
        rows.groupBy("series_id")
            .as(Encoders.STRING(), Encoders.row(rows.schema()))
            .flatMapGroupsWithState(
                new ForestOperator(states, bytes),
                OutputMode.Append(),
                Encoders.BINARY(),
                Encoders.DOUBLE(),
                GroupStateTimeout.NoTimeout())
            .toDF();
    StreamPass pass = StreamPass.of(bench, scores, trigger);
    return Optional.of(new Forest(pass, bytes.value() / Math.max(1, states.value())));
  }

  /** Every series has a row each second. */
  private Dataset<Row> rows(int series) {
    int batch = bench.secondsPerBatch();
    return spark
        .readStream()
        .format("rate-micro-batch")
        .option("rowsPerBatch", (long) series * batch)
        .option("numPartitions", spark.sparkContext().defaultParallelism())
        .option("startTimestamp", START.toEpochMilli())
        .option("advanceMillisPerBatch", 1000L * batch)
        .load()
        .select(
            expr("concat('s', value %% %d) as series_id".formatted(series)),
            expr(
                "timestamp_micros(unix_micros(timestamp) + (value div %d) %% %d * 1000000) as timestamp"
                    .formatted(series, batch)),
            expr(
                ("50 + 10 * sin(2 * pi() * (value div %d) / %d) + rand(7)"
                        + " + if(pmod(hash(value), %d) = 0, 60, 0) as value")
                    .formatted(series, SEASON, FAULTS)));
  }

  private Dataset<Row> floor(Dataset<Row> rows) {
    FlatMapGroupsWithStateFunction<String, Row, Long, Long> count =
        (id, values, state) -> {
          long seen = state.exists() ? state.get() : 0;
          while (values.hasNext()) {
            values.next();
            seen++;
          }
          state.update(seen);
          state.setTimeoutTimestamp(state.getCurrentWatermarkMs() + DAY / 1000);
          return List.of(seen).iterator();
        };
    return rows.withWatermark("timestamp", WATERMARK)
        .groupBy("series_id")
        .as(Encoders.STRING(), Encoders.row(rows.schema()))
        .flatMapGroupsWithState(
            count,
            OutputMode.Append(),
            Encoders.LONG(),
            Encoders.LONG(),
            GroupStateTimeout.EventTimeTimeout())
        .toDF();
  }

  private Dataset<Row> detector(Dataset<Row> rows, StreamCounts counts, long expireMicros) {
    SeriesLayout layout = SeriesLayout.of("value");
    AnomalySpec spec = run.anomaly().keepingAlarms();
    WindowSpec window = new WindowSpec(bench.contextLength(), SEASON, 1);
    DetectorContext context =
        new DetectorContext(
            new CutterSpec(window, layout, CalendarSpec.NONE, false),
            RandomNetwork.of(run.model(), bench.hiddenSize(), window),
            IntervalCalibration.none(run.model().output().quantileLevels()),
            SEASON,
            spec);
    Frequency second = Frequency.parse("1s");
    List<Segment> usual =
        IntStream.range(0, CALIBRATED).mapToObj(number -> wave(number, second)).toList();
    double week = 7 * 86_400;
    DetectorConfig detection =
        DetectorConfig.of(
            context,
            LocalDetection.calibrate(usual, context, Segment::length),
            week,
            bench.series(),
            "bench");
    ArrivalPlan arrivals =
        new ArrivalPlan(layout, run.clean(), second, CategoryCodes.none(), "bench", 0);
    StreamPlan plan = new StreamPlan(detection, arrivals, expireMicros, DAY, null, 0);
    return StreamStage.run(
        ReadStage.read(rows, run.source().columns()).parsed(),
        layout,
        Optional.empty(),
        plan,
        run.stream(),
        counts);
  }

  private static Segment wave(int number, Frequency second) {
    SplittableRandom random = new SplittableRandom(number);
    float[] values = new float[POINTS];
    for (int t = 0; t < POINTS; t++) {
      values[t] = (float) (50 + 10 * Math.sin(2 * Math.PI * t / SEASON) + random.nextDouble());
    }
    return Segment.of("wave-" + number, second.axis(START, ZoneOffset.UTC), values);
  }
}

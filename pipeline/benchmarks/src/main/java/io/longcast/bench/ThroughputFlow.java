package io.longcast.bench;

import io.longcast.benchmark.BenchmarkReport;
import io.longcast.clean.CategoryCodes;
import io.longcast.config.RunSpec;
import io.longcast.flow.ForecastFlow;
import io.longcast.forecast.IntervalCalibration;
import io.longcast.forecast.ResidualQuantiles;
import io.longcast.model.ModelOutput;
import io.longcast.model.ModelSpec;
import io.longcast.model.NetworkInputs;
import io.longcast.model.Trainable;
import io.longcast.model.WindowForecaster;
import io.longcast.model.network.NetworkFactory;
import io.longcast.pipeline.ServedModel;
import io.longcast.pipeline.ServingState;
import io.longcast.pipeline.StageClock;
import io.longcast.report.TerminalTable;
import io.longcast.scale.Transform;
import io.longcast.series.CalendarSpec;
import io.longcast.series.RowAxis;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.window.CutterSpec;
import io.longcast.window.WindowBatch;
import io.longcast.window.WindowSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Forecast throughput in one run: the kernel alone, the forecaster on a batch, the whole way from
 * Parquet to Parquet, and the floor of that way, which is Spark reading the same rows, bringing
 * each series together in order and writing as many rows as there are forecasts, with nothing in
 * between. The network has fresh weights: speed does not depend on them. Both ways run twice: a
 * first run pays for code that the JVM has not compiled yet, as one of the command line does.
 */
public final class ThroughputFlow {
  private static final WindowSpec WINDOW = new WindowSpec(48, 24, 1);
  private static final int BATCH = 64;
  private static final int HIDDEN = 64;
  private static final SeriesLayout LAYOUT = SeriesLayout.of("value");

  private ThroughputFlow() {}

  /**
   * Runs the benchmark.
   *
   * @param run a run whose source has one value per series and hour: the measured work reads {@code
   *     bench-observations} below its output folder
   * @return series a second and core by part
   */
  public static BenchResult run(SparkSession spark, RunSpec run, StageClock clock) {
    long start = System.nanoTime();
    Map<String, Double> speeds = speeds(spark, run, clock);
    TerminalTable table = new TerminalTable(List.of("series a second and core", "windows/s"));
    Map<String, Double> metrics = new LinkedHashMap<>();
    speeds.forEach(
        (part, speed) -> {
          table.row(part, List.of(speed));
          metrics.put(part.toLowerCase(Locale.ROOT) + " series_per_second_per_core", speed);
        });
    double took = (System.nanoTime() - start) / 1e9;
    return new BenchResult(
        table.toString().lines().toList(),
        BenchmarkReport.of(
            "forecast", metrics, Map.of(), run.section(BenchSpec.class).forecast(), took));
  }

  private static Map<String, Double> speeds(SparkSession spark, RunSpec run, StageClock clock) {
    int series = run.section(BenchSpec.class).forecast().series();
    String folder = run.output().table("bench-observations");
    clock.time("generate", () -> generate(spark, series, folder));
    NetworkFactory network = network(run);
    float[] weights = weights(network);
    double seconds = run.section(BenchSpec.class).forecast().seconds();
    Map<String, Double> speeds = new LinkedHashMap<>();
    speeds.put("kernel alone", InferenceSpeed.ofKernel(seconds));
    try (WindowForecaster model = network.forecaster(weights)) {
      speeds.put("forecaster on a batch", InferenceSpeed.of(model, batch(), seconds));
    }
    ServedModel served =
        new ServedModel("bench", () -> network.forecaster(weights), state(network));
    RunSpec whole = run.withSource("parquet", folder);
    double perCore = 1.0 * series / spark.sparkContext().defaultParallelism();
    for (String turn : List.of(", first", ", again")) {
      double spent = seconds(() -> ForecastFlow.run(spark, whole, served, clock));
      double floor = seconds(() -> clock.time("floor", () -> floor(spark, folder, run)));
      speeds.put("Parquet to Parquet" + turn, perCore / spent);
      speeds.put("Spark alone on the same way" + turn, perCore / floor);
    }
    return speeds;
  }

  private static double seconds(Runnable work) {
    long begin = System.nanoTime();
    work.run();
    return (System.nanoTime() - begin) / 1e9;
  }

  /** Half of the rows are written: as many as there are forecasts, though narrower. */
  private static void floor(SparkSession spark, String folder, RunSpec run) {
    spark
        .read()
        .parquet(folder)
        .repartition(functions.col("series_id"))
        .sortWithinPartitions("series_id", "timestamp")
        .where("hour(timestamp) < " + WINDOW.horizon() / 2)
        .selectExpr("*", "value + 1", "value + 2", "value + 3", "value + 4", "value + 5")
        .toDF("series_id", "timestamp", "value", "a", "b", "c", "d", "e")
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(run.output().table("bench-floor"));
  }

  private static void generate(SparkSession spark, int series, String folder) {
    spark
        .range(series)
        .selectExpr(
            "concat('series-', id) as series_id",
            "explode(sequence(0, " + (WINDOW.contextLength() - 1) + ")) as step",
            "id")
        .selectExpr(
            "series_id",
            "timestamp_seconds(1704067200 + 3600 * step) as timestamp",
            "10 + id % 7 + 3 * sin(step * 0.26) + 0.1 * (hash(id, step) % 10) as value")
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(folder);
  }

  /** Four inputs a step: the value, whether it was observed, two statistics of the window. */
  private static NetworkFactory network(RunSpec run) {
    ModelSpec asked = run.model();
    ModelSpec spec =
        new ModelSpec(
            ModelSpec.Shape.MANY_TO_ONE,
            ModelSpec.Cell.LSTM,
            HIDDEN,
            1,
            0,
            1,
            1,
            asked.scaling().with(Transform.NONE),
            new ModelSpec.Skip(false, List.of()),
            new ModelSpec.Gate(0),
            new ModelSpec.Convolution(0, 1, 1),
            asked.statics(),
            new ModelOutput(
                ModelOutput.Loss.MAE, asked.output().huberDelta(), List.of(), 1, true, 0),
            asked.decoder(),
            asked.updater());
    return new NetworkFactory(spec, NetworkInputs.of(WINDOW.contextLength(), WINDOW.horizon()));
  }

  private static float[] weights(NetworkFactory network) {
    try (Trainable fresh = network.open()) {
      fresh.initialize(1);
      float[] weights = new float[fresh.parameterCount()];
      fresh.store(weights, null);
      return weights;
    }
  }

  private static CutterSpec cutter() {
    return new CutterSpec(WINDOW, LAYOUT, new CalendarSpec(List.of()), false);
  }

  private static WindowBatch batch() {
    WindowBatch windows = cutter().open().newBatch(BATCH);
    float[] values = new float[WINDOW.contextLength()];
    for (int t = 0; t < values.length; t++) {
      values[t] = (float) (10 + 3 * Math.sin(.26 * t));
    }
    Segment segment = Segment.of("series", new RowAxis(0, null), values);
    for (int i = 0; i < BATCH; i++) {
      cutter().open().cut(segment, 0, values.length, windows);
    }
    return windows;
  }

  private static ServingState state(NetworkFactory network) {
    return new ServingState(
        LAYOUT,
        "1h",
        CategoryCodes.none(),
        WINDOW,
        new CalendarSpec(List.of()),
        false,
        1,
        IntervalCalibration.none(List.of()),
        null,
        null,
        List.of(),
        ResidualQuantiles.NONE,
        null,
        null);
  }
}

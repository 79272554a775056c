package io.longcast.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.flow.DetectFlow;
import io.longcast.flow.ForecastFlow;
import io.longcast.flow.ModelStore;
import io.longcast.flow.report.ReportFlow;
import io.longcast.report.Progress;
import io.longcast.spark.AnomalyDetector;
import io.longcast.spark.Forecaster;
import io.longcast.spark.ForecasterModel;
import io.longcast.testing.SharedSession;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often an operation reads its source, and what it leaves behind. */
class JobCountsTest {
  private static final int SERIES = 5;
  private static final int STEPS = 24 * 14;

  @TempDir Path folder;

  private final SparkSession spark = SharedSession.get();
  private Dataset<Row> source;

  /** Counts rows read from files, jobs, and stages that ran. */
  private static final class Counter extends SparkListener {
    private final AtomicLong rows = new AtomicLong();
    private final AtomicInteger jobs = new AtomicInteger();
    private final AtomicInteger stages = new AtomicInteger();

    @Override
    public void onStageCompleted(SparkListenerStageCompleted stage) {
      stages.incrementAndGet();
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      rows.addAndGet(
          end.taskMetrics().inputMetrics().bytesRead() > 0
              ? end.taskMetrics().inputMetrics().recordsRead()
              : 0);
    }

    @Override
    public void onJobStart(SparkListenerJobStart start) {
      jobs.incrementAndGet();
    }
  }

  @BeforeEach
  void write() {
    String path = folder.resolve("series").toString();
    spark
        .range((long) SERIES * STEPS)
        .selectExpr(
            "concat('s', id div " + STEPS + ") as series_id",
            "timestamp_seconds(1704067200 + 3600 * (id % " + STEPS + ")) as timestamp",
            "10 + sin(id * 0.26) + (id % 7) * 0.01 as value")
        .write()
        .parquet(path);
    source = spark.read().parquet(path);
  }

  private Counter counted(Runnable work) throws Exception {
    Counter counter = new Counter();
    spark.sparkContext().addSparkListener(counter);
    try {
      work.run();
      spark.sparkContext().listenerBus().waitUntilEmpty();
    } finally {
      spark.sparkContext().removeSparkListener(counter);
    }
    return counter;
  }

  private static Forecaster forecaster() {
    return new Forecaster()
        .setFrequency("1h")
        .setHorizon(6)
        .setContextLength(48)
        .set("model.hiddenSize", 4)
        .set("training.steps", 10)
        .set("training.shards", 2);
  }

  @Test
  void readsTheSourceOnceToFitAndOnceToForecast() throws Exception {
    ForecasterModel[] model = new ForecasterModel[1];
    Counter fit = counted(() -> model[0] = forecaster().fit(source));
    // Blocks cached by training are read as input too, but hold no rows of the source's files.
    assertThat(fit.rows.get()).isBetween((long) SERIES * STEPS, (long) SERIES * STEPS + 200);
    Counter forecast = counted(() -> model[0].transform(source).count());
    assertThat(forecast.rows.get()).isEqualTo((long) SERIES * STEPS);
    assertThat(forecast.jobs.get()).isLessThanOrEqualTo(5);
    assertThat(spark.sparkContext().getPersistentRDDs().isEmpty()).isTrue();
  }

  /**
   * A forecast: one job each to shuffle the source, to look over it, to count its rows, for
   * rejects, statuses and forecasts, and two for the newest end; a repeated one looks for rows that
   * it replaces. Before small tables were written by one task, a repeated forecast had 15 jobs
   * without these and without the newest end.
   */
  @Test
  void runsAHandfulOfJobsToForecastAndToDetect() throws Exception {
    String bundle = folder.resolve("bundle").toString();
    new AnomalyDetector()
        .setForecaster(forecaster().fit(source))
        .set("anomaly.stride", 6)
        .fit(source)
        .save(bundle);
    RunSpec run =
        RunFile.read(
                Optional.empty(),
                List.of(
                    "output.path=" + folder.resolve("out"),
                    "source.paths=[\"%s\"]".formatted(folder.resolve("series")),
                    "anomaly.stride=6",
                    "clean.frequency=1h"))
            .spec();
    ModelStore store = new ModelStore(spark, run);
    store.save(store.bundleAt(bundle));
    ServedModel model = BundleWriter.served(store.bundleAt(bundle));
    StageClock clock = new StageClock(Progress.SILENT);
    Counter first = counted(() -> ForecastFlow.run(spark, run, model, clock));
    Counter again = counted(() -> ForecastFlow.run(spark, run, model, clock));
    Counter detect = counted(() -> DetectFlow.run(spark, run, model, clock));
    Counter report = counted(() -> ReportFlow.write(spark, run, model.id(), false, Instant.now()));
    assertThat(first.jobs.get()).as("jobs of a forecast").isLessThanOrEqualTo(8);
    assertThat(again.jobs.get()).as("jobs of the same again").isLessThanOrEqualTo(10);
    assertThat(detect.jobs.get()).as("jobs of a detection").isLessThanOrEqualTo(14);
    assertThat(report.jobs.get()).as("jobs of a report").isLessThanOrEqualTo(20);
    assertThat(List.of(first.stages.get(), again.stages.get(), detect.stages.get()))
        .as("stages")
        .allMatch(stages -> stages <= 16);
    assertThat(first.rows.get())
        .as("rows of the source, and a few of what is kept")
        .isBetween((long) SERIES * STEPS, (long) SERIES * STEPS + 200);
  }
}

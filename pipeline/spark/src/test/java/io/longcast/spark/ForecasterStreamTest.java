package io.longcast.spark;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.config.RunSpec;
import io.longcast.flow.StreamFlow;
import io.longcast.table.ForecastsTable;
import io.longcast.testing.SharedSession;
import io.longcast.write.TableReader;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Forecasts of a stream are those of a batch run at the same origin, bit for bit. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("long")
class ForecasterStreamTest {
  private static final int EVERY = 48;

  @TempDir static Path shared;
  @TempDir Path folder;

  private final SparkSession spark = SharedSession.get();
  private Dataset<Row> history;
  private ForecasterModel forecaster;

  @BeforeAll
  void trains() throws Exception {
    ArrivingRows all = new ArrivingRows(shared.resolve("all"));
    all.add(ArrivingRows.lines(1));
    history = all.atRest(spark).cache();
    forecaster = Meters.forecaster().set("training.steps", 10).fit(history);
    forecaster.set("stream.watermark", "6 hours").set("stream.forecastEvery", EVERY);
  }

  @AfterAll
  void frees() {
    history.unpersist();
  }

  /** Rows in no order of arrival that batch knows, then one that completes all steps. */
  private ArrivingRows arriving() throws Exception {
    ArrivingRows rows = new ArrivingRows(folder.resolve("rows"));
    rows.add(ArrivingRows.lines(3), 3);
    rows.add(List.of(ArrivingRows.clock(6 * ArrivingRows.HOUR)));
    return rows;
  }

  private static List<String> words(Collection<Row> rows) {
    return rows.stream()
        .map(
            row ->
                "%s %s %s %s %s %s"
                    .formatted(
                        row.getAs("series_id"),
                        row.getAs("origin"),
                        row.getAs("step"),
                        row.getAs("timestamp"),
                        row.getAs("forecast"),
                        row.getAs("quantiles")))
        .sorted()
        .toList();
  }

  private void requireBatchForecasts(List<Row> streamed) {
    TreeSet<Timestamp> origins = new TreeSet<>();
    List<Row> forecasts = streamed.stream().filter(row -> row.getAs("forecast") != null).toList();
    forecasts.forEach(row -> origins.add(row.getAs("origin")));
    assertThat(origins).as("two days have a context of three before them").hasSizeGreaterThan(1);
    List<Row> batch = new ArrayList<>();
    for (Timestamp origin : origins) {
      forecaster
          .transform(history.where("ts < timestamp '" + origin.toInstant() + "'"))
          .where("origin = timestamp '" + origin.toInstant() + "' and forecast is not null")
          .collectAsList()
          .forEach(batch::add);
    }
    assertThat(words(forecasts)).isEqualTo(words(batch)).hasSizeGreaterThan(12 * 3);
  }

  @Test
  void aQueryForecastsEachSeriesAgainAfterSoManySteps() throws Exception {
    StreamRun run = new StreamRun(folder.resolve("checkpoint"));
    run.available(forecaster.transformStream(arriving().arriving(spark, 1)));
    requireBatchForecasts(run.rows(ForecastsTable.TABLE));
  }

  /** The table of what longcast stream writes beside the scores. */
  @Test
  void theFlowWritesThemToTheTable() throws Exception {
    AnomalyDetectorModel detector =
        new AnomalyDetector().setForecaster(forecaster).setAlarmBudget(1).fit(history);
    detector
        .set("stream.watermark", "6 hours")
        .set("stream.forecastEvery", EVERY)
        .set("stream.partitions", 2)
        .set("output.path", folder.resolve("out").toString());
    // Of rows with equal times the last one counts: in text, which has no row numbers, by place.
    ArrivingRows rows = new ArrivingRows(folder.resolve("rows"));
    rows.add(ArrivingRows.lines(3).stream().sorted(comparing(ArrivingRows::row)).toList());
    rows.add(List.of(ArrivingRows.clock(6 * ArrivingRows.HOUR)));
    RunSpec run = detector.run().withSource("csv", folder.resolve("rows").toString());
    new StreamFlow(spark, run, StreamFlow.fixed(detector.served()), line -> {}).run(true);
    requireBatchForecasts(
        new TableReader(spark, run.output()).read(ForecastsTable.TABLE).collectAsList());
  }
}

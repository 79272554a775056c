package io.longcast.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.table.AnomaliesTable;
import io.longcast.table.EventsTable;
import io.longcast.testing.SharedSession;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnomalyDetectorTest {
  @TempDir static Path folder;

  private final SparkSession spark = SharedSession.get();
  private Dataset<Row> history;
  private AnomalyDetectorModel detector;

  @BeforeAll
  void fit() {
    history = Meters.rows(spark, 4);
    ForecasterModel forecaster = Meters.forecaster().fit(history);
    detector = new AnomalyDetector().setForecaster(forecaster).setAlarmBudget(1).fit(history);
  }

  @Test
  void givesEveryRowBackWithItsScore() {
    Dataset<Row> scored = detector.transform(history);
    assertThat(scored.columns())
        .startsWith("meter_id", "ts", "load", "temperature")
        .endsWith("expected", "lower", "upper");
    assertThat(scored.schema()).isEqualTo(detector.transformSchema(history.schema()));
    assertThat(scored.count()).isEqualTo(history.count());
    long spike = Meters.START + 3600L * Meters.spikeStep();
    Row found =
        scored.where("is_anomaly and meter_id = 'm3' and unix_seconds(ts) = " + spike).first();
    assertThat(found.<Double>getAs("load")).isGreaterThan(found.<Double>getAs("upper"));
    assertThat(found.<String>getAs("anomaly_channel")).isEqualTo("load");
    assertThat(scored.where("anomaly_score is null").count()).isLessThan(4 * 24 * 10);
  }

  @Test
  void scoresARowThatLiesBetweenTwoStepsAsTheStep() {
    Dataset<Row> late = history.selectExpr("meter_id", "ts + interval 40 seconds as ts", "load");
    assertThat(detector.transform(late).where("is_anomaly and meter_id = 'm3'").count())
        .isEqualTo(detector.transform(history).where("is_anomaly and meter_id = 'm3'").count())
        .isPositive();
  }

  @Test
  void givesTheTablesOfAnomaliesAndEvents() {
    AnomaliesTable.TABLE.requireConforms(detector.anomalies(history).schema());
    Dataset<Row> events = detector.events(history);
    EventsTable.TABLE.requireConforms(events.schema());
    assertThat(events.where("series_id = 'm3'").count()).isPositive();
    assertThat(spark.sparkContext().getPersistentRDDs().isEmpty()).isTrue();
  }

  @Test
  void isSavedAndLoaded() throws Exception {
    String path = folder.resolve("detector").toString();
    detector.save(path);
    AnomalyDetectorModel loaded = AnomalyDetectorModel.load(path);
    assertThat(sorted(loaded.anomalies(history))).isEqualTo(sorted(detector.anomalies(history)));
  }

  private static List<Row> sorted(Dataset<Row> rows) {
    return rows.orderBy("series_id", "timestamp").collectAsList();
  }

  @Test
  @Tag("long")
  void trainsItsOwnForecasterWhereNoneIsGiven() {
    AnomalyDetectorModel own =
        new AnomalyDetector()
            .setSeriesCols("meter_id")
            .setTimestampCol("ts")
            .setTargetCols("load")
            .setFrequency("1h")
            .setHorizon(6)
            .setContextLength(48)
            .set("model.hiddenSize", 4)
            .set("training.steps", 10)
            .fit(history);
    assertThat(own.hasSummary()).isTrue();
    assertThat(own.transform(history).where("is_anomaly and meter_id = 'm3'").count()).isPositive();
  }

  @Test
  void refusesRowsThatHaveTheColumnsOfTheScore() {
    Dataset<Row> twice = detector.transform(history);
    assertThatThrownBy(() -> detector.transform(twice))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("anomaly_score already");
  }
}

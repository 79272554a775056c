package io.longcast.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.longcast.model.zero.ZeroWeights;
import io.longcast.testing.SharedSession;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@Tag("kernels")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("longWithoutVector")
class PretrainedForecasterTest {
  @TempDir static Path folder;

  private final SparkSession spark = SharedSession.get();
  private final Dataset<Row> history = Meters.rows(spark, 4);
  private final ForecasterModel model = Meters.forecaster().setTraining("none").fit(history);

  @Test
  void forecastsEverySeriesWithIntervalsAndTrainsNothing() {
    Dataset<Row> made = model.transform(history);
    assertThat(made.where("status = 'ok' and lower_95 < forecast and forecast < upper_95").count())
        .isEqualTo(4 * 12);
    ForecasterModel wide = Meters.forecaster().setContextLength(0).setTraining("none").fit(history);
    assertThat(wide.transform(history).where("status = 'ok'").count()).isEqualTo(4 * 12);
    assertThat(model.hasSummary()).isFalse();
    assertThat(model.manifest())
        .contains("\"model.pretrained\" : \"longcast-zero\"", ZeroWeights.builtIn().sha256());
    assertThat(spark.sparkContext().getPersistentRDDs().isEmpty()).isTrue();
  }

  @Test
  @Tag("long")
  void givesTheSameBitsForAnyPartitioningAndFromDisk() throws Exception {
    String path = folder.resolve("zero").toString();
    model.write().overwrite().save(path);
    assertThat(forecasts(ForecasterModel.load(path), history.repartition(7)))
        .isEqualTo(forecasts(model, history));
    assertThat(Meters.forecaster().setTraining("none").fit(history.repartition(3)).modelId())
        .isEqualTo(model.modelId());
  }

  @Tag("long")
  @Test
  void findsASpikeOfSeriesThatNothingWasTrainedOn() {
    AnomalyDetectorModel detector = new AnomalyDetector().setForecaster(model).fit(history);
    long spike = Meters.START + 3600L * Meters.spikeStep();
    assertThat(
            detector
                .transform(history)
                .where("is_anomaly and meter_id = 'm3' and unix_seconds(ts) = " + spike)
                .count())
        .isEqualTo(1);
  }

  @Tag("long")
  @Test
  void averagesWithBaselinesByTheNewestHorizonUnderAnyPartitioning() throws Exception {
    ForecasterModel mean = combined(history);
    assertThat(mean.manifest()).contains("\"combination\" : \"network 0.");
    assertThat(combined(history.repartition(5)).modelId()).isEqualTo(mean.modelId());
    String path = folder.resolve("mean").toString();
    mean.write().overwrite().save(path);
    List<String> made = forecasts(mean, history);
    assertThat(forecasts(ForecasterModel.load(path), history)).isEqualTo(made);
    assertThat(made).isNotEqualTo(forecasts(model, history));
  }

  @Tag("long")
  @Test
  void addsUpForecastsOfGroups() {
    Dataset<Row> sites = history.selectExpr("*", "if(meter_id < 'm2', 'east', 'west') as site");
    Dataset<Row> made =
        Meters.forecaster()
            .setStaticCovariateCols("site")
            .setTraining("none")
            .fit(sites)
            .set("forecast.reconcile.method", "mint")
            .set("forecast.reconcile.levels", "[[], [site]]")
            .transform(sites);
    List<Row> sums =
        made.where("step = 12")
            .selectExpr(
                "sum(if(series_id = 'group:total', forecast, 0))",
                "sum(if(series_id like 'group:site=%', forecast, 0))",
                "sum(if(series_id like 'm%', forecast, 0))",
                "count(*)")
            .collectAsList();
    assertThat(sums.get(0).getLong(3)).isEqualTo(4 + 3);
    assertThat(sums.get(0).getDouble(1)).isCloseTo(sums.get(0).getDouble(0), within(1e-9));
    assertThat(sums.get(0).getDouble(2)).isCloseTo(sums.get(0).getDouble(0), within(1e-9));
    assertThat(made.where("status != 'ok'").count()).isZero();
  }

  private static ForecasterModel combined(Dataset<Row> history) {
    return Meters.forecaster()
        .set("backtest.combination.baselines", List.of("theta", "seasonal-naive"))
        .setTraining("none")
        .fit(history);
  }

  @Tag("long")
  @Test
  void trainsOnFromTheNetworkInTheJar() throws Exception {
    ForecasterModel tuned =
        Meters.forecaster()
            .set("training.from", "zero")
            .set("training.steps", 5)
            .set("training.refit", false)
            .set("backtest.gate", "off")
            .fit(history);
    assertThat(tuned.manifest()).contains("\"training.from\" : \"zero\"");
    assertThat(tuned.manifest()).doesNotContain("chosen model.patchLength");
    String path = folder.resolve("tuned").toString();
    tuned.write().overwrite().save(path);
    List<String> made = forecasts(tuned, history);
    assertThat(forecasts(ForecasterModel.load(path), history)).isEqualTo(made);
    assertThat(made).hasSize(4 * 12).allMatch(row -> row.endsWith("ok]"));
    assertThat(made).isNotEqualTo(forecasts(model, history));
  }

  @Test
  void refusesSeveralMembersOfThePretrainedNetwork() {
    assertThatThrownBy(
            () ->
                Meters.forecaster()
                    .set("training.from", "zero")
                    .set("training.members", 2)
                    .fit(history))
        .hasMessageContaining("training.members")
        .hasMessageContaining("found 2");
  }

  @Test
  void refusesOtherWords() {
    assertThatThrownBy(() -> Meters.forecaster().setTraining("zero"))
        .hasMessageContaining("none or full");
  }

  private static List<String> forecasts(ForecasterModel model, Dataset<Row> rows) {
    return model
        .transform(rows)
        .orderBy("series_id", "channel", "step")
        .selectExpr("series_id", "step", "forecast", "quantiles", "status")
        .collectAsList()
        .stream()
        .map(Row::toString)
        .toList();
  }
}

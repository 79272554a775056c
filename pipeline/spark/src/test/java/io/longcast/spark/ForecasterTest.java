package io.longcast.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.config.InvalidSettingsException;
import io.longcast.testing.SharedSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@Tag("kernels")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("longWithoutVector")
class ForecasterTest {
  private static final String[] ORDER = {"series_id", "channel", "step"};
  private static final String COLUMNS =
      "series_id, channel, unix_micros(origin), step, unix_micros(timestamp), forecast, lower_80,"
          + " upper_95, status, model_id";

  @TempDir static Path folder;

  private final SparkSession spark = SharedSession.get();
  private Dataset<Row> history;
  private ForecasterModel model;

  @BeforeAll
  void fit() {
    history = Meters.rows(spark, 4);
    model = Meters.forecaster().fit(history);
  }

  private static List<String> forecasts(ForecasterModel model, Dataset<Row> rows) {
    Dataset<Row> made = model.transform(rows);
    return made
        .orderBy(ORDER[0], ORDER[1], ORDER[2])
        .selectExpr(COLUMNS.split(", "))
        .collectAsList()
        .stream()
        .map(Row::toString)
        .toList();
  }

  @Test
  void forecastsEverySeriesAndSaysHowItWasTrained() {
    assertThat(model.transform(history).where("status = 'ok' and forecast is not null").count())
        .isEqualTo(4 * 12);
    TrainingSummary summary = model.summary();
    assertThat(summary.rows().read()).isEqualTo(4L * Meters.STEPS);
    assertThat(summary.comparison().columns()).contains("model", "mase", "coverage_95");
    assertThat(summary.comparison().count()).isGreaterThan(3);
    assertThat(summary.statuses().count()).isEqualTo(4);
    assertThat(summary.rejects().count()).isZero();
    assertThat(summary.history().count()).isEqualTo(40 / 5);
  }

  @Test
  @Tag("once")
  void keepsNothingCachedAndWritesNothing() {
    assertThat(spark.sparkContext().getPersistentRDDs().isEmpty()).isTrue();
    assertThat(Files.exists(Path.of("out", "checkpoints"))).isFalse();
  }

  @Test
  @Tag("once")
  void givesTheSameBitsForAnyPartitioningZoneAndSettingsOfTheSession() {
    SparkSession other = spark.newSession();
    other.conf().set("spark.sql.session.timeZone", "America/New_York");
    other.conf().set("spark.sql.adaptive.enabled", "false");
    other.conf().set("spark.sql.ansi.enabled", "true");
    Dataset<Row> rows = Meters.rows(other, 4).repartition(5);
    ForecasterModel same = Meters.forecaster().fit(rows);
    assertThat(same.parametersSha256()).isEqualTo(model.parametersSha256());
    assertThat(same.modelId()).isEqualTo(model.modelId());
    assertThat(forecasts(same, rows)).isEqualTo(forecasts(model, history));
    assertThat(same.transform(rows).sparkSession()).isSameAs(other);
    assertThat(other.conf().get("spark.sql.session.timeZone")).isEqualTo("America/New_York");
  }

  @Test
  @Tag("long")
  void learnsFromHolidaysAndServesThemFromDisk() throws Exception {
    ForecasterModel own =
        Meters.forecaster()
            .set("calendar.holidays", List.of("DE-BY", "2024-01-03"))
            .set("training.refit", false)
            .fit(history);
    String path = folder.resolve("holidays").toString();
    own.write().overwrite().save(path);
    List<String> made = forecasts(own, history);
    assertThat(forecasts(ForecasterModel.load(path), history)).isEqualTo(made);
    assertThat(made).hasSize(4 * 12).isNotEqualTo(forecasts(model, history));
    assertThatThrownBy(() -> Meters.forecaster().set("calendar.holidays", List.of("XX")))
        .hasMessageContaining("calendar.holidays");
  }

  @Test
  @Tag("once")
  @Tag("long")
  void takesColumnsOfOtherTypes() {
    Dataset<Row> rows =
        history.selectExpr("meter_id", "ts", "cast(load as decimal(20, 12)) as load");
    ForecasterModel decimals = Meters.forecaster().fit(rows);
    assertThat(decimals.transform(rows).where("status = 'ok'").count()).isEqualTo(4 * 12);
    Dataset<Row> whole = history.selectExpr("meter_id", "ts", "cast(load * 100 as int) as load");
    assertThat(Meters.forecaster().fit(whole).transform(whole).where("status = 'ok'").count())
        .isEqualTo(4 * 12);
  }

  @Test
  void isSavedAndLoaded() throws Exception {
    String path = folder.resolve("model").toString();
    model.write().overwrite().save(path);
    ForecasterModel loaded = ForecasterModel.load(path);
    assertThat(loaded.uid()).isEqualTo(model.uid());
    assertThat(loaded.modelId()).isEqualTo(model.modelId());
    assertThat(loaded.hasSummary()).isFalse();
    assertThat(forecasts(loaded, history)).isEqualTo(forecasts(model, history));
    assertThatThrownBy(() -> model.save(path)).hasMessageContaining("already exists");
  }

  @Test
  @Tag("once")
  void keepsItsParamsThroughSaveAndCopy() throws Exception {
    String path = folder.resolve("estimator").toString();
    Forecaster saved = Meters.forecaster().set("forecast.nonNegative", true);
    saved.save(path);
    Forecaster loaded = Forecaster.load(path);
    assertThat(loaded.words()).isEqualTo(saved.words());
    assertThat(loaded.copy(org.apache.spark.ml.param.ParamMap.empty()).words())
        .isEqualTo(saved.words());
    assertThat(loaded.explainParams()).contains("horizon", "window.horizon", "current: 12");
  }

  @Test
  @Tag("once")
  void worksInAPipeline() throws Exception {
    String path = folder.resolve("pipeline").toString();
    SQLTransformer doubled =
        new SQLTransformer().setStatement("SELECT meter_id, ts, 2 * load AS load FROM __THIS__");
    Pipeline pipeline =
        new Pipeline().setStages(new PipelineStage[] {doubled, Meters.forecaster()});
    pipeline.write().overwrite().save(folder.resolve("unfitted").toString());
    Pipeline.load(folder.resolve("unfitted").toString());
    PipelineModel fitted = pipeline.fit(history);
    fitted.save(path);
    SparkSession fresh = spark.newSession();
    Dataset<Row> rows = Meters.rows(fresh, 4);
    List<Row> before = fitted.transform(history).orderBy(ORDER[0], ORDER[2]).collectAsList();
    List<Row> after =
        PipelineModel.load(path).transform(rows).orderBy(ORDER[0], ORDER[2]).collectAsList();
    assertThat(after).isEqualTo(before).hasSize(4 * 12);
    assertThat(fitted.transformSchema(history.schema()))
        .isEqualTo(io.longcast.table.ForecastsTable.SCHEMA);
  }

  @Test
  @Tag("once")
  void backtestsAtRollingOrigins() {
    BacktestResult result = Meters.forecaster().backtest(history, 2);
    assertThat(result.metrics().where("fold is null and metric = 'mase'").count()).isGreaterThan(3);
    assertThat(result.metrics().where("fold = 2 and metric = 'mase'").count()).isGreaterThan(3);
    assertThat(result.skills()).isNotEmpty();
    assertThat(spark.sparkContext().getPersistentRDDs().isEmpty()).isTrue();
  }

  @Test
  @Tag("once")
  void refusesABadSettingWhenItIsSet() {
    assertThatThrownBy(() -> new Forecaster().set("model.hiddenSize", 0))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("model.hiddenSize");
    assertThatThrownBy(() -> new Forecaster().set("model.hidenSize", 8))
        .hasMessageContaining("did you mean \"hiddenSize\"?");
    assertThatThrownBy(() -> new Forecaster().setHorizon(0))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("horizon must be >= 1");
    assertThatThrownBy(() -> new Forecaster().set("training.divergence.oddValue", 3))
        .hasMessageContaining("was renamed to training.divergence.outlierFactor");
  }

  @Test
  @Tag("once")
  void namesAMissingColumn() {
    Forecaster misnamed = Meters.forecaster().setTargetCols("lod");
    assertThatThrownBy(() -> misnamed.transformSchema(history.schema()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("column \"lod\" is missing");
    assertThatThrownBy(() -> misnamed.fit(history))
        .hasMessageContaining("column \"lod\" is missing");
  }
}

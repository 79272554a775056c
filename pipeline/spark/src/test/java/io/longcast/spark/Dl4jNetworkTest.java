package io.longcast.spark;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.config.InvalidSettingsException;
import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.flow.ForecastFlow;
import io.longcast.flow.ModelStore;
import io.longcast.flow.TrainFlow;
import io.longcast.flow.TrainOutcome;
import io.longcast.model.bundle.ModelBundle;
import io.longcast.model.bundle.NetworkFiles;
import io.longcast.model.dl4j.configured.Configurations;
import io.longcast.pipeline.ServingState;
import io.longcast.pipeline.StageClock;
import io.longcast.report.Progress;
import io.longcast.settings.SettingException;
import io.longcast.testing.SharedSession;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two LSTM layers of DL4J and an {@code RnnOutputLayer} in place of the built-in network. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("long")
class Dl4jNetworkTest {
  private static final String KEY = "model.dl4j.configuration";

  @TempDir static Path folder;

  private final SparkSession spark = SharedSession.get();
  private Dataset<Row> history;
  private ForecasterModel model;
  private Path file;

  @BeforeAll
  void fit() throws IOException {
    // Without the weekly part, which a small network does not learn in a few steps.
    history = Meters.rows(spark, 6).withColumn("load", expr("load + temperature / 3"));
    file = Files.writeString(folder.resolve("network.json"), Configurations.twoLstms(12).toJson());
    model = forecaster().setNetwork(Configurations.twoLstms(12)).fit(history);
  }

  /**
   * Four windows a series are held back to calibrate and as many to compare, two days each, so that
   * no part of the day decides. The context is short because DL4J's own layers are slow.
   */
  private static Forecaster forecaster() {
    return Meters.forecaster()
        .set("training.steps", 60)
        .set("training.batchSize", 32)
        .setContextLength(24)
        .set("split.folds", 4)
        .set("split.calibrationFolds", 4);
  }

  private static List<String> forecasts(Dataset<Row> table) {
    return table
        .selectExpr("series_id", "step", "forecast", "lower_80", "upper_80", "lower_95", "upper_95")
        .orderBy("series_id", "step")
        .collectAsList()
        .stream()
        .map(Row::toString)
        .toList();
  }

  @Test
  void learnsAndForecastsWithIntervals() {
    Dataset<Row> made = model.transform(history).where("status = 'ok'");
    assertThat(made.count()).isEqualTo(6 * 12);
    assertThat(made.where("not (lower_95 < lower_80 and lower_80 < upper_80)").count()).isZero();
    assertThat(made.where("forecast between lower_80 and upper_80").count()).isEqualTo(6 * 12);
    Row skill =
        model
            .summary()
            .comparison()
            .where("model = 'network'")
            .selectExpr("mase", "coverage_80")
            .first();
    assertThat(skill.getDouble(0)).as("beside 1 of the seasonal naive forecast").isLessThan(2.5);
    assertThat(skill.getDouble(1)).isBetween(.5, 1.0);
  }

  @Test
  void isSavedLoadedAndServedWithTheSameBits() throws IOException {
    String path = folder.resolve("model").toString();
    model.write().overwrite().save(path);
    ForecasterModel loaded = ForecasterModel.load(path);
    assertThat(loaded.parametersSha256()).isEqualTo(model.parametersSha256());
    assertThat(forecasts(loaded.transform(history))).isEqualTo(forecasts(model.transform(history)));
  }

  @Test
  @Tag("long")
  void isTheSameModelOfAFileOnTheCommandLine() throws IOException {
    String table = folder.resolve("history").toString();
    history.write().parquet(table);
    List<String> words = new ArrayList<>(forecaster().words());
    words.addAll(
        List.of(
            KEY + "=" + file,
            "source.paths=[\"" + table + "\"]",
            "output.path=" + folder.resolve("out"),
            "backtest.gate=off"));
    RunSpec run = RunFile.read(Optional.empty(), words).spec();
    StageClock clock = new StageClock(Progress.SILENT);
    TrainOutcome trained = TrainFlow.run(spark, run, false, clock);
    ForecastFlow.run(spark, run, trained.model(), clock);
    assertThat(trained.model().id()).isEqualTo(model.modelId());
    assertThat(forecasts(spark.read().parquet(run.output().table("forecasts"))))
        .isEqualTo(forecasts(model.transform(history)));

    ModelBundle bundle = new ModelStore(spark, run).latestBundle();
    MultiLayerNetwork dl4j =
        ModelSerializer.restoreMultiLayerNetwork(
            new ByteArrayInputStream(bundle.file(NetworkFiles.DL4J)), false);
    assertThat(dl4j.params().toFloatVector()).isEqualTo(NetworkFiles.parameters(bundle));
    assertThat(dl4j.getLayer(1).conf().getLayer()).isInstanceOf(LSTM.class);
    ServingState state = ServingState.fromBytes(bundle.file(ServingState.FILE));
    assertThat(state.residuals().levels()).hasSize(9);
    assertThat(bundle.manifest().notes().keySet())
        .contains("chosen model.seasonalPeriod")
        .doesNotContain("chosen model.patchLength", "chosen model.gate.seasons");
    assertThat(bundle.manifest().numerics()).contains("nd4j");
  }

  @Test
  void scoresAnomaliesWithItsIntervals() {
    AnomalyDetectorModel detector = new AnomalyDetector().setForecaster(model).fit(history);
    Dataset<Row> scored = detector.transform(history);
    assertThat(scored.where("is_anomaly").select("meter_id", "ts").collectAsList())
        .anyMatch(row -> row.getString(0).equals("m5"));
  }

  @Test
  @Tag("long")
  void backtestsEachFoldWithItsOwnResiduals() {
    BacktestResult result =
        forecaster()
            .setNetwork(Configurations.twoLstms(12))
            .set("training.steps", 20)
            .backtest(history, 2);
    assertThat(result.metrics().where("model = 'network' and metric = 'coverage_80'").count())
        .isGreaterThan(1);
  }

  @Test
  void refusesWhatDoesNotFitBeforeTraining() {
    MultiLayerConfiguration narrow = Configurations.twoLstms(12);
    ((LSTM) narrow.getConf(0).getLayer()).setNIn(1);
    assertThatThrownBy(() -> forecaster().setNetwork(narrow).fit(history))
        .isInstanceOf(SettingException.class)
        .hasMessageContainingAll("nIn = 1", "the windows bring 4", "value, observed", KEY);
    assertThatThrownBy(
            () -> forecaster().setNetwork(Configurations.twoLstms(5)).transformSchema(null))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContainingAll("nOut = 12", "found nOut = 5", "window.horizon");
    assertThatThrownBy(() -> forecaster().set(KEY, "{ \"confs\": 3 }"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("no layers");
    assertThatThrownBy(() -> forecaster().set(KEY, folder + "/nowhere.json"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContainingAll("cannot read", "nowhere.json", "MultiLayerConfiguration");
    assertThatThrownBy(
            () ->
                forecaster()
                    .setNetwork(Configurations.twoLstms(12))
                    .set("model.output.loss", "cross-entropy")
                    .transformSchema(null))
        .hasMessageContainingAll(KEY, "model.output.loss");
  }
}

package io.longcast.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.backtest.BacktestSpec;
import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.model.combination.Combination;
import io.longcast.pipeline.ServedModel;
import io.longcast.pipeline.StageClock;
import io.longcast.report.Progress;
import io.longcast.spark.ForecasterModel;
import io.longcast.testing.SharedSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Series too short for a network: the best baseline forecasts, with calibrated intervals. */
@Tag("long")
class ServeBestIT {
  @TempDir Path folder;

  private final SparkSession spark = SharedSession.get();
  private final StageClock clock = new StageClock(Progress.SILENT);

  /** Twelve years of months with a trend and a season that grows with it, as of passengers. */
  private RunSpec passengers(String... more) {
    String path = folder.resolve("passengers").toString();
    spark
        .range(144)
        .selectExpr(
            "'air' as series_id",
            "cast(add_months(date'1949-01-01', cast(id as int)) as timestamp) as timestamp",
            "(110 + 2.6 * id) * (1 + 0.2 * sin(2 * pi() * id / 12) + 0.02 * (hash(id) % 100) / 100)"
                + " as value")
        .write()
        .mode("overwrite")
        .parquet(path);
    List<String> words =
        new ArrayList<>(
            List.of(
                "name=air",
                "source.format=parquet",
                "source.paths=[\"" + path + "\"]",
                "source.series.columns=[series_id]",
                "source.time.column=timestamp",
                "source.valueColumns=[value]",
                "clean.frequency=1M",
                "window.horizon=12",
                "split.folds=2",
                "training.steps=1",
                "training.shards=1",
                "output.path=" + folder.resolve("out")));
    words.addAll(List.of(more));
    return RunFile.read(Optional.empty(), words).spec();
  }

  @Test
  void theBestBaselineForecastsWithCalibratedIntervals() {
    RunSpec run = passengers();
    TrainOutcome trained = TrainFlow.run(spark, run, false, clock);
    assertThat(trained.evaluation().subjectWins()).isFalse();
    assertThat(trained.promoted()).isTrue();
    ModelStore store = new ModelStore(spark, run);
    ServedModel model = store.latest();
    String best = trained.comparison().bestBaseline().name();
    assertThat(model.state().servedBaseline().orElseThrow().baseline().word()).isEqualTo(best);
    assertThat(model.calibration().levels()).isNotEmpty();
    assertThat(store.manifest(model.id())).contains("\"forecasts by\" : \"" + best + "\"");
    // Two folds of twelve months were asked for; a quarter of the series holds three.
    assertThat(trained.comparison().values()).isEqualTo(36);
    assertThat(trained.comparison().isThin(run.backtest())).isTrue();

    ForecastFlow.run(spark, run, model, clock);
    List<Row> rows = forecasts(spark.read().parquet(folder.resolve("out/forecasts").toString()));
    assertThat(rows).hasSize(12);
    for (int step = 0; step < 12; step++) {
      double id = 144 + step;
      double usual = (110 + 2.6 * id) * (1 + 0.2 * Math.sin(2 * Math.PI * id / 12));
      Row row = rows.get(step);
      assertThat(row.getDouble(1) / usual).as("step %d", step + 1).isBetween(.85, 1.15);
      assertThat(row.getDouble(2)).isLessThan(row.getDouble(1));
      assertThat(row.getDouble(3)).isGreaterThan(row.getDouble(1));
    }

    ForecasterModel loaded = ForecasterModel.load(store.folder(model.id()));
    Dataset<Row> history = spark.read().parquet(folder.resolve("passengers").toString());
    assertThat(forecasts(loaded.transform(history))).isEqualTo(rows);
  }

  @Test
  void theCombinationServesAndSavesWithItsWeights() {
    RunSpec run =
        passengers("backtest.combination.baselines=[theta, seasonal-naive]", "backtest.gate=off");
    TrainOutcome trained = TrainFlow.run(spark, run, false, clock);
    assertThat(trained.comparison().subject().name()).isEqualTo("combination");
    ModelStore store = new ModelStore(spark, run);
    ServedModel model = store.latest();
    Combination combination = model.state().combination().orElseThrow().combination();
    // Half of equal weights, and what twelve calibration values say.
    assertThat(combination.weights()).hasSize(3).allMatch(weight -> weight > 0.166);
    assertThat(store.manifest(model.id())).contains(combination.described());
    assertThatThrownBy(() -> OnnxFlow.write(store.latestBundle(), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(combination.described())
        .hasMessageContaining("--network");
    assertThat(OnnxFlow.write(store.latestBundle(), true)).isNotEmpty();
    ForecastFlow.run(spark, run, model, clock);
    List<Row> rows = forecasts(spark.read().parquet(folder.resolve("out/forecasts").toString()));
    ForecasterModel loaded = ForecasterModel.load(store.folder(model.id()));
    Dataset<Row> history = spark.read().parquet(folder.resolve("passengers").toString());
    assertThat(forecasts(loaded.transform(history))).hasSize(12).isEqualTo(rows);
  }

  private static List<Row> forecasts(Dataset<Row> rows) {
    return rows.orderBy("step").select("step", "forecast", "lower_90", "upper_90").collectAsList();
  }

  @Test
  void theGateRefusesOrLetsPassWhereItIsToldTo() {
    TrainOutcome refused = TrainFlow.run(spark, passengers("backtest.gate=refuse"), false, clock);
    assertThat(refused.promoted()).isFalse();
    assertThat(refused.model().state().servedBaseline()).isEmpty();
    RunSpec off = passengers("backtest.gate=off");
    assertThat(off.backtest().gate()).isEqualTo(BacktestSpec.Gate.OFF);
    TrainOutcome forced = TrainFlow.run(spark, off, false, clock);
    assertThat(forced.promoted()).isTrue();
    assertThat(forced.model().state().servedBaseline()).isEmpty();
  }
}

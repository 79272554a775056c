package io.longcast.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.backtest.Comparison;
import io.longcast.backtest.ModelScores;
import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.pipeline.ServingState;
import io.longcast.pipeline.StageClock;
import io.longcast.report.Progress;
import io.longcast.testing.SharedSession;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Days, weeks, months and years as business data have them, with all settings of the network left
 * open: trend, a season that grows with the level, noise; some series are much shorter than others.
 */
@Tag("long")
class FrequenciesIT {
  @TempDir Path folder;

  @ParameterizedTest(name = "steps of {0}")
  @CsvSource({
    // step, unit, season (1: none), steps, horizon
    "1d, day, 7, 300, 14",
    "1w, week, 52, 330, 13",
    "1M, month, 12, 150, 18",
    "1y, year, 1, 45, 6",
  })
  void choosesItselfAndBeatsTheSeasonOrSaysThatItDoesNot(
      String step, String unit, int season, int steps, int horizon) {
    RunSpec run = run(table(unit, season, steps), horizon);
    TrainOutcome trained =
        TrainFlow.run(SharedSession.get(), run, false, new StageClock(Progress.SILENT));
    ServingState state = trained.model().state();
    assertThat(state.frequency()).isEqualTo(step);
    assertThat(state.season()).isEqualTo(season);
    assertThat(state.window().contextLength()).isLessThan(steps);
    Comparison found = trained.comparison();
    assertThat(trained.promoted()).isEqualTo(found.subjectWins());
    double network = found.subject().mase();
    assertThat(network).isLessThan(mase(found, "seasonal-naive"));
    ForecastFlow.run(SharedSession.get(), run, trained.model(), new StageClock(Progress.SILENT));
    assertThat(
            SharedSession.get()
                .read()
                .parquet(run.output().table("forecasts"))
                .where("status in ('ok', 'short-context')")
                .where("forecast > 0 and lower_95 <= upper_95")
                .count())
        .isEqualTo(24L * horizon);
  }

  private static double mase(Comparison comparison, String name) {
    return comparison.models().stream()
        .filter(model -> model.name().equals(name))
        .mapToDouble(ModelScores::mase)
        .findFirst()
        .orElseThrow();
  }

  /** Twenty-four series; every fourth begins when half of the time is over. */
  private String table(String unit, int season, int steps) {
    SparkSession spark = SharedSession.get();
    String path = folder.resolve(unit).toString();
    String wave = season > 1 ? ".3 * sin(2 * pi() * step / " + season + " + series)" : "0";
    spark
        .range(24L * steps)
        .selectExpr("id div " + steps + " as series", "cast(id % " + steps + " as int) as step")
        .where("series % 4 > 0 or step >= " + steps / 2)
        .selectExpr(
            "concat('shop ', series) as series_id",
            "timestamp'2000-01-01' + step * interval 1 " + unit + " as timestamp",
            "(100 + 40 * series) * exp(.6 * step / "
                + steps
                + " + "
                + wave
                + " + .04 * ((hash(series, step) % 1000) / 1000.0)) as sales")
        .write()
        .parquet(path);
    return path;
  }

  private RunSpec run(String table, int horizon) {
    return RunFile.read(
            Optional.empty(),
            List.of(
                "name=sales",
                "source.format=parquet",
                "source.paths=[\"" + table + "\"]",
                "source.series.columns=[series_id]",
                "source.time.column=timestamp",
                "source.valueColumns=[sales]",
                "window.horizon=" + horizon,
                "training.steps=200",
                "training.shards=1",
                "training.refit=false",
                "output.path=" + folder.resolve("out")))
        .spec();
  }
}

package io.longcast.flow;

import io.longcast.backtest.BacktestSpec;
import io.longcast.backtest.Comparison;
import io.longcast.backtest.ModelScores;
import io.longcast.config.RunSpec;
import io.longcast.pipeline.SeriesDataset;
import io.longcast.pipeline.ServedModel;
import io.longcast.pipeline.StageClock;
import io.longcast.pipeline.ValidationFolds;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Trains a challenger and lets it replace the promoted model if it forecasts the newest windows
 * better. The challenger is scored before its refit, so that it has not seen them.
 */
final class ChallengerFlow {
  private ChallengerFlow() {}

  /**
   * What came of it.
   *
   * @param modelId of the challenger
   * @param wins whether it is promoted
   * @param words why
   */
  record Outcome(String modelId, boolean wins, String words) {
    private Outcome with(String more) {
      return new Outcome(modelId, wins, words + "; " + more);
    }
  }

  /**
   * Trains, compares, and before it promotes lets the challenger forecast and score the rows it was
   * trained on, so that the next run goes on from there. A run that is killed leaves the champion
   * in place and is repeated.
   *
   * @param champion the promoted model; empty: the gate alone decides
   */
  static Outcome run(
      SparkSession spark, RunSpec run, Optional<ServedModel> champion, StageClock clock) {
    RunSpec all = run.readingTraining();
    try (SeriesDataset data =
        clock.time("read", () -> SeriesDataset.read(spark, all, Optional.empty()))) {
      RunSpec reading = clock.time("clean", () -> ValidationFolds.enough(all, data));
      TrainOutcome trained = TrainFlow.train(spark, reading, data, false, clock);
      Outcome outcome =
          champion
              .map(model -> duel(spark, reading, trained, model, clock))
              .orElseGet(() -> alone(run, trained));
      if (outcome.wins()) {
        ForecastFlow.run(spark, reading, data, trained.model(), clock);
        DetectFlow.run(spark, reading, data, trained.model(), clock);
        new ModelStore(spark, run).promote(trained.model().id());
      }
      return TrainFlow.track(run, trained, outcome.wins(), clock)
          .map(outcome::with)
          .orElse(outcome);
    }
  }

  private static Outcome alone(RunSpec run, TrainOutcome trained) {
    boolean passes = trained.serves() || run.backtest().gate() == BacktestSpec.Gate.OFF;
    String id = trained.model().id();
    return new Outcome(
        id,
        passes,
        passes
            ? "model %s is promoted, the first one".formatted(id)
            : "model %s is not promoted: it does not beat the best baseline (backtest.gate)"
                .formatted(id));
  }

  private static Outcome duel(
      SparkSession spark,
      RunSpec run,
      TrainOutcome trained,
      ServedModel champion,
      StageClock clock) {
    String id = trained.model().id();
    if (id.equals(champion.id())) {
      return new Outcome(id, false, "the challenger is the promoted model itself");
    }
    Comparison comparison = trained.comparison();
    ModelScores own =
        trained.model().state().servedBaseline().isPresent()
            ? comparison.bestBaseline()
            : comparison.subject();
    int season = trained.model().state().season();
    ModelScores other =
        clock.time(
            "challenge",
            () -> {
              try (SeriesDataset data =
                  SeriesDataset.read(
                      spark, champion.reading(run), Optional.of(champion.state().codes()))) {
                return RecentWindows.scores(data, champion, run.split(), season);
              }
            });
    return verdict(id, own, other);
  }

  private static Outcome verdict(String id, ModelScores own, ModelScores champion) {
    long values = RecentWindows.values(own);
    if (values != RecentWindows.values(champion)) {
      return new Outcome(
          id,
          false,
          "challenger %s cannot be compared with the promoted model: their windows hold %,d and %,d"
                  .formatted(id, values, RecentWindows.values(champion))
              + " values (was window.horizon changed? longcast models promote decides by hand)");
    }
    boolean wins = own.mase() < champion.mase();
    return new Outcome(
        id,
        wins,
        String.format(
            Locale.ROOT,
            "challenger %s %s: MASE %.3f, of the promoted model %.3f, on %,d values",
            id,
            wins ? "wins and is promoted" : "does not win and is not promoted",
            own.mase(),
            champion.mase(),
            values));
  }
}

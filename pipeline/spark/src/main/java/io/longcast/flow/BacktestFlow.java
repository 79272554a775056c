package io.longcast.flow;

import io.longcast.backtest.ClassComparison;
import io.longcast.backtest.Comparison;
import io.longcast.backtest.Evaluation;
import io.longcast.backtest.Skill;
import io.longcast.clean.RowCounts;
import io.longcast.config.RunSpec;
import io.longcast.pipeline.Backtest;
import io.longcast.pipeline.ClassEvaluationTask;
import io.longcast.pipeline.EvaluationTask;
import io.longcast.pipeline.ForecastEvaluationTask;
import io.longcast.pipeline.SeriesDataset;
import io.longcast.pipeline.StageClock;
import io.longcast.table.BacktestTable;
import io.longcast.write.TableSink;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/**
 * Backtests on a source. Nothing is published; the table metrics gets a row a fold, the table
 * backtest one for each series, step and skill.
 */
public final class BacktestFlow {
  private final SparkSession spark;
  private final RunSpec run;
  private final StageClock clock;

  private BacktestFlow(SparkSession spark, RunSpec run, StageClock clock) {
    this.spark = spark;
    this.run = run;
    this.clock = clock;
  }

  /**
   * What was found.
   *
   * @param rows counts of the input rows
   * @param result of all folds
   */
  public record Outcome<V extends Evaluation>(RowCounts rows, Backtest.Result<V> result) {

    /** All folds as one. */
    public V together() {
      return result.together();
    }

    /** Each fold on its own, the oldest first. */
    public List<V> folds() {
      return result.folds();
    }

    /** Against each baseline, with bootstrap intervals over series. */
    public List<Skill> skills() {
      return result.skills();
    }
  }

  /**
   * Of forecasts.
   *
   * @throws IllegalArgumentException if no fold is requested
   */
  public static Outcome<Comparison> forecasts(SparkSession spark, RunSpec run, StageClock clock) {
    return new BacktestFlow(spark, run, clock)
        .over(data -> ForecastEvaluationTask.of(spark, run, data, clock));
  }

  /**
   * Of a classifier.
   *
   * @throws IllegalArgumentException if no fold is requested
   */
  public static Outcome<ClassComparison> classes(
      SparkSession spark, RunSpec asked, StageClock clock) {
    RunSpec run = asked.readingLabels();
    return new BacktestFlow(spark, run, clock)
        .over(data -> ClassEvaluationTask.of(spark, run, data, clock));
  }

  private <V extends Evaluation> Outcome<V> over(
      Function<SeriesDataset, EvaluationTask<V>> resolve) {
    Backtest backtest = new Backtest(spark, run, clock);
    TableSink sink = TableSink.open(spark, run.output());
    try (SeriesDataset data =
        clock.time("read", () -> SeriesDataset.read(spark, run, Optional.empty()))) {
      RowCounts rows = clock.time("clean", () -> SeriesTables.write(data, sink));
      Outcome<V> done = new Outcome<>(rows, backtest.run(resolve.apply(data)));
      write(sink, done);
      return done;
    }
  }

  private void write(TableSink sink, Outcome<?> done) {
    String id = "backtest-" + run.name();
    MetricRows.write(spark, sink, id, done.together(), done.folds());
    sink.replace(
        BacktestRows.of(spark, id, done), BacktestTable.TABLE, Map.of(BacktestTable.MODEL_ID, id));
  }
}

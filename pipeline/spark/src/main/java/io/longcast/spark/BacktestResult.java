package io.longcast.spark;

import io.longcast.backtest.Evaluation;
import io.longcast.backtest.Skill;
import io.longcast.evaluate.Metric;
import io.longcast.pipeline.Backtest;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The result of a backtest, as DataFrames of the caller's session. */
public final class BacktestResult {
  private static final StructType METRICS =
      new StructType()
          .add("fold", DataTypes.IntegerType, true)
          .add("model", DataTypes.StringType, false)
          .add("metric", DataTypes.StringType, false)
          .add("value", DataTypes.DoubleType, true)
          .add("count", DataTypes.LongType, true);

  private final UtcSession session;
  private final Backtest.Result<? extends Evaluation> result;

  BacktestResult(UtcSession session, Backtest.Result<? extends Evaluation> result) {
    this.session = session;
    this.result = result;
  }

  /** Whether the model beats every baseline over all folds. */
  public boolean beatsBaselines() {
    return result.together().subjectWins();
  }

  /** Metrics by fold and model: {@code fold} is null over all folds, else from 1, the oldest. */
  public Dataset<Row> metrics() {
    List<Row> rows = new ArrayList<>();
    add(rows, null, result.together());
    for (int fold = 0; fold < result.folds().size(); fold++) {
      add(rows, fold + 1, result.folds().get(fold));
    }
    return session.leave(session.spark().createDataFrame(rows, METRICS));
  }

  private static void add(List<Row> rows, Integer fold, Evaluation evaluation) {
    evaluation
        .metrics()
        .forEach(
            (model, metrics) -> {
              for (Metric metric : metrics) {
                rows.add(
                    RowFactory.create(fold, model, metric.name(), metric.value(), metric.count()));
              }
            });
  }

  /** Skill against each baseline, with bootstrap intervals over series. */
  public List<Skill> skills() {
    return result.skills();
  }
}

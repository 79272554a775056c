package io.longcast.flow;

import io.longcast.backtest.Evaluation;
import io.longcast.backtest.Skill;
import io.longcast.evaluate.Metric;
import io.longcast.table.BacktestTable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** A backtest as rows: each series and channel and each step, by fold and over all, and skills. */
final class BacktestRows {
  private static final int MAX_VALIDATION_ROWS = 20_000;

  private final String id;
  private final List<Row> rows = new ArrayList<>();

  private BacktestRows(String id) {
    this.id = id;
  }

  static Dataset<Row> of(SparkSession spark, String id, BacktestFlow.Outcome<?> done) {
    BacktestRows all = new BacktestRows(id);
    all.add(null, done.together());
    for (int fold = 0; fold < done.folds().size(); fold++) {
      all.add(fold + 1, done.folds().get(fold));
    }
    String subject = done.together().metrics().keySet().iterator().next();
    done.skills().forEach(skill -> all.add(subject, skill));
    return spark.createDataFrame(all.rows, BacktestTable.SCHEMA);
  }

  /**
   * The validation of a training, each step; each series too where these are at most {@value
   * #MAX_VALIDATION_ROWS} rows.
   */
  static Dataset<Row> ofValidation(SparkSession spark, String id, Evaluation verdict) {
    BacktestRows all = new BacktestRows(id);
    List<Evaluation.Detail> details = verdict.details();
    boolean few = details.size() <= MAX_VALIDATION_ROWS;
    for (Evaluation.Detail of : details) {
      if (few || of.series() == null) {
        of.metrics()
            .forEach(m -> all.add(of.model(), null, null, of.series(), of.channel(), of.step(), m));
      }
    }
    return spark.createDataFrame(all.rows, BacktestTable.SCHEMA);
  }

  private void add(Integer fold, Evaluation verdict) {
    for (Evaluation.Detail of : verdict.details()) {
      of.metrics()
          .forEach(m -> add(of.model(), null, fold, of.series(), of.channel(), of.step(), m));
    }
  }

  private void add(String subject, Skill skill) {
    skill.metrics().forEach(m -> add(subject, skill.against(), null, null, null, null, m));
  }

  private void add(
      String model,
      String against,
      Integer fold,
      String series,
      String channel,
      Integer step,
      Metric metric) {
    rows.add(
        RowFactory.create(
            id,
            model,
            against,
            fold,
            series,
            channel,
            step,
            metric.name(),
            metric.value(),
            metric.count()));
  }
}

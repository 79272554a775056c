package io.longcast.report.page;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc_nulls_last;

import io.longcast.table.AccuracyTable;
import io.longcast.table.BacktestTable;
import io.longcast.table.MetricsTable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How good the forecasts are.
 *
 * @param metrics of the model and its baselines on the validation windows, by group
 * @param steps MASE or else mean absolute error by step and model
 * @param series MASE by series, the worst of the model first, with all baselines
 * @param skills of the model against each baseline, with their intervals
 * @param past accuracy of past forecasts, by day
 */
public record AccuracySection(
    TableView metrics, TableView steps, TableView series, TableView skills, TableView past) {
  private static final int MAX_METRICS = 2_000;
  private static final int MAX_STEPS = 5_000;
  private static final int MAX_SERIES = 400;
  private static final int MAX_DAYS = 1_000;

  /**
   * Of the tables of one model.
   *
   * @param metrics of the model
   * @param backtest of the model's validation, or of its backtest
   * @param accuracy of past forecasts
   * @param subject the model under test, as the tables name it
   */
  public static AccuracySection of(
      Dataset<Row> metrics, Dataset<Row> backtest, Dataset<Row> accuracy, String subject) {
    Dataset<Row> overFolds = backtest.where(col(BacktestTable.FOLD).isNull());
    TableView summaries = summaries(overFolds);
    return new AccuracySection(
        TableView.of(
            metrics
                .where(col(MetricsTable.FOLD).isNull())
                .select(
                    MetricsTable.MODEL,
                    MetricsTable.GROUP,
                    MetricsTable.METRIC,
                    MetricsTable.VALUE,
                    MetricsTable.COUNT)
                .orderBy(MetricsTable.GROUP, MetricsTable.MODEL, MetricsTable.METRIC),
            MAX_METRICS),
        summaries.having(BacktestTable.STEP),
        TableView.of(
            bySeries(overFolds.where(col(BacktestTable.AGAINST).isNull()), subject), MAX_SERIES),
        summaries.having(BacktestTable.AGAINST),
        TableView.of(
            accuracy
                .where(col(AccuracyTable.DAY).isNotNull())
                .groupBy(AccuracyTable.DAY, AccuracyTable.METRIC)
                .agg(avg(AccuracyTable.VALUE).as(AccuracyTable.VALUE))
                .orderBy(AccuracyTable.DAY, AccuracyTable.METRIC),
            MAX_DAYS));
  }

  /** Skills, which no step has, and errors by step, which are against nothing. */
  private static TableView summaries(Dataset<Row> overFolds) {
    Column step = col(BacktestTable.STEP);
    Column against = col(BacktestTable.AGAINST);
    return TableView.of(
        overFolds
            .where(step.isNotNull().notEqual(against.isNotNull()))
            .select(
                BacktestTable.MODEL,
                BacktestTable.AGAINST,
                BacktestTable.STEP,
                BacktestTable.METRIC,
                BacktestTable.VALUE)
            .orderBy(
                BacktestTable.STEP,
                BacktestTable.MODEL,
                BacktestTable.AGAINST,
                BacktestTable.METRIC),
        MAX_STEPS);
  }

  /** The mean MASE over the channels of each series. */
  private static Dataset<Row> bySeries(Dataset<Row> all, String subject) {
    Dataset<Row> means =
        all.where(
                col(BacktestTable.SERIES_ID)
                    .isNotNull()
                    .and(col(BacktestTable.METRIC).equalTo("mase")))
            .groupBy(BacktestTable.SERIES_ID, BacktestTable.MODEL)
            .agg(avg(BacktestTable.VALUE).as(BacktestTable.VALUE));
    Dataset<Row> own =
        means
            .where(col(BacktestTable.MODEL).equalTo(subject))
            .select(col(BacktestTable.SERIES_ID), col(BacktestTable.VALUE).as("own"));
    return means
        .join(own, BacktestTable.SERIES_ID)
        .orderBy(desc_nulls_last("own"), col(BacktestTable.SERIES_ID), col(BacktestTable.MODEL))
        .select(BacktestTable.SERIES_ID, BacktestTable.MODEL, BacktestTable.VALUE);
  }
}

package io.longcast.flow.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.longcast.report.page.ReportSpec;
import io.longcast.series.Frequency;
import io.longcast.table.PartitionPeriod;
import io.longcast.table.SeriesStatusTable;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The time that a report covers, so that its cost does not grow with the tables of years.
 *
 * @param from rows at or before it are not shown; empty: all are
 * @param period of the partitions of the tables
 */
record ReportSpan(Optional<Instant> from, PartitionPeriod period) {
  private static final ReportSpan ALL = new ReportSpan(Optional.empty(), PartitionPeriod.DAY);

  /**
   * The span before the end of the newest series; everything for rows without a grid.
   *
   * @param frequency of the model; empty for rows without a grid
   * @param statuses of the series of the source; scanned once
   */
  static ReportSpan of(ReportSpec report, Optional<Frequency> frequency, Dataset<Row> statuses) {
    Optional<Duration> lookback = frequency.map(step -> report.lookback(step.meanSeconds()));
    if (lookback.isEmpty() || lookback.get().isZero()) {
      return ALL;
    }
    Row newest = statuses.where(col(SeriesStatusTable.KEPT)).agg(max(SeriesStatusTable.END)).head();
    return newest.isNullAt(0)
        ? ALL
        : new ReportSpan(
            Optional.of(newest.getTimestamp(0).toInstant().minus(lookback.get())),
            PartitionPeriod.of(frequency.get()));
  }

  /** The rows of a table after the beginning of the span. */
  Dataset<Row> of(Dataset<Row> rows, String time) {
    return from.map(at -> rows.where(col(time).gt(lit(Timestamp.from(at))))).orElse(rows);
  }

  /** The same; only the partitions of the span are read. */
  Dataset<Row> of(Dataset<Row> rows, String time, String date) {
    return of(
        from.map(at -> rows.where(col(date).geq(lit(period.of(Timestamp.from(at)))))).orElse(rows),
        time);
  }
}

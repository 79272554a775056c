package io.longcast.flow.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.longcast.report.page.ReportSpec;
import io.longcast.series.Frequency;
import io.longcast.table.EventsTable;
import io.longcast.table.PartitionPeriod;
import io.longcast.table.SeriesStatusTable;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The time that a report covers, so that its cost does not grow with the tables of years.
 *
 * @param from rows at or before it are not shown; empty: all are
 * @param period of the partitions of the tables
 * @param before series that end at or before its beginning, of which nothing is shown
 */
record ReportSpan(Optional<Instant> from, PartitionPeriod period, long before) {
  private static final ReportSpan ALL = new ReportSpan(Optional.empty(), PartitionPeriod.DAY, 0);

  /**
   * The span before the time that half of the series have reached, which no wrong clock of a few
   * moves; everything for rows without a grid.
   *
   * @param frequency of the model; empty for rows without a grid
   * @param statuses of the series of the source; scanned twice
   */
  static ReportSpan of(ReportSpec report, Optional<Frequency> frequency, Dataset<Row> statuses) {
    Optional<Duration> lookback = frequency.map(step -> report.lookback(step.meanSeconds()));
    if (lookback.isEmpty() || lookback.get().isZero()) {
      return ALL;
    }
    Optional<Instant> reached = SeriesStatusTable.reached(statuses);
    if (reached.isEmpty()) {
      return ALL;
    }
    Instant from = reached.get().minus(lookback.get());
    Column isBefore = col(SeriesStatusTable.END).leq(lit(Timestamp.from(from)));
    long before = statuses.where(col(SeriesStatusTable.KEPT).and(isBefore)).count();
    return new ReportSpan(Optional.of(from), PartitionPeriod.of(frequency.get()), before);
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

  /** Events that end in the span; partitions of the years before it are not read. */
  Dataset<Row> ofEvents(Dataset<Row> events) {
    return of(
        from.map(at -> events.where(EventsTable.mayEndAfter(at))).orElse(events), EventsTable.END);
  }

  /** Rows of the days of the span, and those of no day. */
  Dataset<Row> ofDays(Dataset<Row> rows, String day) {
    return from.map(at -> PartitionPeriod.DAY.of(Timestamp.from(at)))
        .map(first -> rows.where(col(day).isNull().or(col(day).geq(lit(first)))))
        .orElse(rows);
  }
}

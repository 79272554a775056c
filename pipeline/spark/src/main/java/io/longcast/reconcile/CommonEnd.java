package io.longcast.reconcile;

import io.longcast.series.Frequency;
import io.longcast.table.SeriesStatusTable;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The step that groups of series end with: the newest one that half of all kept series reach, or
 * miss by a few steps. A few wrong clocks, and a few devices that are off, do not move it.
 *
 * @param frequency of the grid
 * @param zone of the grid
 * @param late steps by which a series may end earlier
 */
public record CommonEnd(Frequency frequency, ZoneId zone, int late) {
  /** Ends that are looked at, the newest first. */
  private static final int MAX_ENDS = 10_000;

  private static final String COUNT = "count";

  /**
   * The end; empty where no series with a time is kept. Runs a job.
   *
   * @param statuses in the shape of {@link SeriesStatusTable}
   */
  public Optional<Instant> of(Dataset<Row> statuses) {
    Dataset<Row> kept =
        statuses.where(
            functions
                .col(SeriesStatusTable.KEPT)
                .and(functions.col(SeriesStatusTable.END).isNotNull()));
    List<Row> ends =
        kept.groupBy(SeriesStatusTable.END)
            .count()
            .orderBy(functions.col(SeriesStatusTable.END).desc())
            .limit(MAX_ENDS)
            .collectAsList();
    List<Long> counts = ends.stream().map(row -> row.<Long>getAs(COUNT)).toList();
    return of(
        ends.stream().map(row -> row.<Timestamp>getAs(SeriesStatusTable.END).toInstant()).toList(),
        counts,
        ends.size() < MAX_ENDS ? counts.stream().mapToLong(n -> n).sum() : kept.count());
  }

  /**
   * The same of ends, the newest first; the newest of all where no end is reached by half.
   *
   * @param counts series with each end
   * @param all series
   */
  Optional<Instant> of(List<Instant> ends, List<Long> counts, long all) {
    int to = 0;
    long there = 0;
    for (int from = 0; from < ends.size(); from++) {
      while (to < ends.size() && reaches(ends.get(to), ends.get(from))) {
        there += counts.get(to++);
      }
      if (2 * there >= all) {
        return Optional.of(ends.get(from));
      }
      there -= counts.get(from);
    }
    return ends.stream().findFirst();
  }

  private boolean reaches(Instant end, Instant common) {
    return frequency.stepsBetween(end.atZone(zone), common.atZone(zone)) <= late;
  }
}

package io.longcast.clean;

import io.longcast.series.Segment;
import java.util.List;

/**
 * One series after cleaning, or a handful of rejected rows that belong to no series.
 *
 * @param seriesId the series, or null
 * @param segment the series if it is kept, else null; null too where its account alone was read
 * @param steps of the series if it is kept, else 0
 * @param status what became of it, or null without a series
 * @param read input rows
 * @param rejects rows not used, and cells of used rows
 * @param observed observed values over all channels
 * @param start time of the first step in microseconds since 1970, or {@link SeriesBuffer#NO_TIME}
 * @param end time of the last step
 */
record SeriesOutcome(
    String seriesId,
    Segment segment,
    long steps,
    SeriesStatus status,
    long read,
    long used,
    List<RejectedRow> rejects,
    long observed,
    long start,
    long end) {

  /** Rows that name no series. */
  static SeriesOutcome unnamed(List<RejectedRow> rejects, long read) {
    return new SeriesOutcome(
        null,
        null,
        0,
        null,
        read,
        0,
        List.copyOf(rejects),
        0,
        SeriesBuffer.NO_TIME,
        SeriesBuffer.NO_TIME);
  }

  /** Rows not used. */
  long rejectedRows() {
    return rows(rejects);
  }

  /** The rows among rows and cells. */
  static long rows(List<RejectedRow> rejects) {
    return rejects.stream().filter(row -> !row.isCell()).count();
  }

  RowCounts account() {
    long rows = rejectedRows();
    return new RowCounts(
        read, used, rows, rejects.size() - rows, status == null ? 0 : 1, steps > 0 ? 1 : 0);
  }
}

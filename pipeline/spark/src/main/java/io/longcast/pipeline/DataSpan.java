package io.longcast.pipeline;

import io.longcast.model.bundle.Manifest;
import io.longcast.table.SeriesStatusTable;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The time of the rows that a model was trained on.
 *
 * @param from time of the first step of all series
 * @param to time of the last one
 */
public record DataSpan(Instant from, Instant to) {
  private static final String FROM = "data from";
  private static final String TO = "data to";

  /** Of prepared series; empty where the data have no time. Runs a job. */
  public static Optional<DataSpan> of(SeriesDataset data) {
    Row span =
        data.statuses()
            .where(functions.col(SeriesStatusTable.KEPT))
            .agg(functions.min(SeriesStatusTable.START), functions.max(SeriesStatusTable.END))
            .head();
    Timestamp first = span.getTimestamp(0);
    return first == null
        ? Optional.empty()
        : Optional.of(new DataSpan(first.toInstant(), span.getTimestamp(1).toInstant()));
  }

  /** As the notes of a manifest have it; empty in bundles of earlier builds. */
  public static Optional<DataSpan> of(Manifest manifest) {
    return Optional.ofNullable(manifest.notes().get(TO))
        .map(to -> new DataSpan(Instant.parse(manifest.notes().get(FROM)), Instant.parse(to)));
  }

  void note(Map<String, String> notes) {
    notes.put(FROM, from.toString());
    notes.put(TO, to.toString());
  }

  @Override
  public String toString() {
    return from + " to " + to;
  }
}

package io.longcast.clean;

import io.longcast.series.Segment;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * What arrived of one series.
 *
 * @param segment the steps that are complete and follow the known ones; empty where there are none
 * @param rejects rows that are not used, in the shape of {@link io.longcast.table.RejectsTable}
 * @param rejectedCells in the shape of {@link io.longcast.table.RejectedCellsTable}
 * @param late rows that came too late, among the rejects
 * @param wake when the next step is complete though no row arrives, in microseconds since 1970;
 *     {@link #NEVER} where nothing is waited for
 */
public record Arrival(
    Optional<Segment> segment, List<Row> rejects, List<Row> rejectedCells, long late, long wake) {
  /** Nothing is waited for. */
  public static final long NEVER = Long.MAX_VALUE;
}

package io.longcast.stream;

import java.util.List;
import org.apache.spark.sql.Row;

/**
 * What came of the rows of one series.
 *
 * @param state to go on from; null where nothing is kept of the series
 * @param wake watermark at which there is something to do though no row arrives, in microseconds
 *     since 1970; {@link io.longcast.clean.Arrival#NEVER} for none
 * @param rows in the shape of {@link io.longcast.table.StreamedTables}
 * @param counts of what was done
 */
public record StreamUpdate(byte[] state, long wake, List<Row> rows, Counts counts) {

  /**
   * What was done.
   *
   * @param scored observed steps that were scored
   * @param late rows that came too late
   * @param rejected rows, the late ones included
   * @param opened events
   * @param closed events
   * @param restarted 1 where the state of another model could not be carried on
   * @param expired 1 where the series left the state
   */
  public record Counts(
      long scored,
      long late,
      long rejected,
      long opened,
      long closed,
      long restarted,
      long expired) {}
}

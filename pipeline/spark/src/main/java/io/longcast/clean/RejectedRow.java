package io.longcast.clean;

import java.io.Serializable;

/**
 * A row that is not used, or a cell of a used row.
 *
 * @param stage read or clean, or {@link #CELL}
 * @param file its file, or null
 * @param seriesId its series, or null
 * @param micros its time in microseconds since 1970, or {@link SeriesBuffer#NO_TIME}
 * @param reason why
 * @param record the row as it stood in its source; null for a cell
 */
record RejectedRow(
    String stage, String file, String seriesId, long micros, String reason, String record)
    implements Serializable {

  /** The stage of a cell that could not be read. */
  static final String CELL = "cell";

  /** Whether it is a cell, not a row. */
  boolean isCell() {
    return stage.equals(CELL);
  }
}

package io.longcast.anomaly.score;

import java.io.Serializable;

/** A score that reads the rows of one series one after the other. Not thread-safe. */
public interface RowScore extends Serializable {

  /** The time of a row that has none. */
  long NO_TIME = Long.MIN_VALUE;

  /**
   * Takes the next row.
   *
   * @param micros microseconds since the epoch, or {@link #NO_TIME}
   * @param values one a channel; not kept
   * @return how unusual the row is, at least 0; 0 while the score still learns
   */
  double next(long micros, double[] values);

  /** Starts scores; the settings of a score without the state of a series. */
  interface Factory extends Serializable {

    /**
     * A score for a new series of so many channels, whose first rows are known to be for learning.
     */
    RowScore start(int channels, int learningRows);
  }
}

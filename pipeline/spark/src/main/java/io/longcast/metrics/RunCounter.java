package io.longcast.metrics;

import com.codahale.metrics.Counter;
import java.util.Locale;

/** What the driver has counted since it was started. The metric has the name in lower case. */
public enum RunCounter {
  /** Rows of sources. */
  ROWS_READ,
  /** Rows that entered a series. */
  ROWS_USED,
  /** Rows that are listed in the table {@code rejects}. */
  ROWS_REJECTED,
  /** Cells of used rows that could not be read. */
  CELLS_REJECTED,
  /** Series of sources that could be worked on. */
  SERIES_KEPT,
  /** Series of sources that cleaning left out. */
  SERIES_LEFT_OUT,
  /** Steps that batch detection scored. */
  STEPS_SCORED,
  /** Rows that came after their successors were scored. */
  STEPS_LATE,
  /** Events that batch detection wrote. */
  EVENTS_WRITTEN,
  /** Series and channels with a forecast. */
  SERIES_FORECAST,
  /** Series and channels without one. */
  SERIES_NOT_FORECAST,
  /** Rounds of training. */
  TRAINING_ROUNDS,
  /** Windows that were trained on. */
  TRAINING_WINDOWS,
  /** Rounds that were repeated after a fault. */
  TRAINING_RECOVERIES,
  /** Models that were promoted. */
  MODELS_PROMOTED,
  /** Alerts that a sink has taken. */
  ALERTS_DELIVERED,
  /** Lines of logs. */
  LOG_LINES_READ,
  /** Lines that are listed in the table {@code rejects}. */
  LOG_LINES_REJECTED,
  /** Sessions of logs that were found abnormal. */
  LOG_SESSIONS_ABNORMAL;

  private final Counter counter = Registries.DRIVER.counter(name().toLowerCase(Locale.ROOT));

  /** Adds so many. */
  public void add(long count) {
    counter.inc(count);
  }
}

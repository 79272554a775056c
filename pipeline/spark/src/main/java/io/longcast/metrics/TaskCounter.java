package io.longcast.metrics;

import com.codahale.metrics.Counter;
import java.util.Locale;

/**
 * What tasks in this JVM have counted; a task that is run twice counts twice. The metric has the
 * name in lower case behind {@code task_}.
 */
public enum TaskCounter {
  /** Steps of series that were scored, in batch and on streams. */
  STEPS_SCORED,
  /** Series and channels that were looked at for a forecast. */
  SERIES_FORECAST,
  /** Windows that were trained on. */
  WINDOWS_TRAINED;

  private final Counter counter =
      Registries.EXECUTOR.counter("task_" + name().toLowerCase(Locale.ROOT));

  /** Adds so many. */
  public void add(long count) {
    counter.inc(count);
  }
}

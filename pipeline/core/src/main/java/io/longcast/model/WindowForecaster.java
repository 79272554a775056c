package io.longcast.model;

import io.longcast.window.WindowBatch;
import java.util.List;

/**
 * What every model is to the rest of the program: context windows in, point and quantile forecasts
 * out, both in raw units. The network and the naive baselines stand behind this one interface.
 *
 * <p>Not thread-safe: one instance a task. Native memory, if any, is freed by {@link #close()}.
 */
public interface WindowForecaster extends AutoCloseable {

  /** The name in tables and reports, such as {@code seasonal-naive}. */
  String name();

  /** Levels of the quantile forecasts, ascending; empty if the model gives points only. */
  List<Double> quantileLevels();

  /**
   * Forecasts all windows of a batch.
   *
   * @param windows the batch; its targets are not read
   * @param forecasts filled with as many forecasts as there are windows
   */
  void forecast(WindowBatch windows, ForecastBatch forecasts);

  @Override
  default void close() {}
}

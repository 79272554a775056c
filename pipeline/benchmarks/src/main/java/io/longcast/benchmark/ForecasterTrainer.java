package io.longcast.benchmark;

import io.longcast.model.WindowForecaster;
import io.longcast.window.BatchCutter;

/** Trains, or builds, a forecaster for a benchmark's task. */
@FunctionalInterface
public interface ForecasterTrainer {

  /** A forecaster for the task; the benchmark closes it. */
  Trained train(ForecastTask task);

  /**
   * A forecaster with the windows it reads.
   *
   * @param forecaster as trained
   * @param cutter cuts its windows; the horizon is the task's
   * @param cpuSeconds that training took, of all threads of this process; 0 where nothing is
   *     trained
   */
  record Trained(WindowForecaster forecaster, BatchCutter cutter, double cpuSeconds) {
    public Trained(WindowForecaster forecaster, BatchCutter cutter) {
      this(forecaster, cutter, 0);
    }
  }
}

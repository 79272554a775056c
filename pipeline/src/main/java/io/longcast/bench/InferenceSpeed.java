package io.longcast.bench;

import io.longcast.model.ForecastBatch;
import io.longcast.model.Forecaster;
import io.longcast.model.recurrent.CellKind;
import io.longcast.window.WindowBatch;

/** Windows a second of one thread, in inference, at the size of workload w1. */
public final class InferenceSpeed {
  private InferenceSpeed() {}

  /** The recurrent layers alone, inputs ready in memory. */
  public static double ofKernel(double seconds) {
    KernelWorkload w1 = KernelWorkload.W1;
    try (StackContestant kernel = new StackContestant(w1, CellKind.LSTM, new KernelData(w1))) {
      kernel.run(false, seconds / 3);
      return kernel.run(false, seconds).byClock();
    }
  }

  /** A whole forecaster on one batch of windows in raw units: scaling, inputs, layers, heads. */
  public static double of(Forecaster model, WindowBatch windows, double seconds) {
    ForecastBatch found =
        new ForecastBatch(windows.capacity(), windows.horizon(), model.quantileLevels().size());
    TimedLoop.run(i -> model.forecast(windows, found), windows.size(), seconds / 3);
    return TimedLoop.run(i -> model.forecast(windows, found), windows.size(), seconds).byClock();
  }
}

package io.longcast.bench;

import io.longcast.model.ForecastBatch;
import io.longcast.model.WindowForecaster;
import io.longcast.model.recurrent.CellKind;
import io.longcast.window.WindowBatch;
import java.util.function.DoubleUnaryOperator;

/** Windows a second of one thread, in inference, at the size of workload w1. */
public final class InferenceSpeed {
  private static final int LEAST_TURNS = 5;
  private static final int MOST_TURNS = 30;

  private InferenceSpeed() {}

  /** The recurrent layers alone, inputs ready in memory. */
  public static double ofKernel(double seconds) {
    KernelWorkload w1 = KernelWorkload.W1;
    try (StackContestant kernel = new StackContestant(w1, CellKind.LSTM, new KernelData(w1))) {
      return settled(span -> kernel.run(false, span).byClock(), seconds);
    }
  }

  /** A whole forecaster on one batch of windows in raw units: scaling, inputs, layers, heads. */
  public static double of(WindowForecaster model, WindowBatch windows, double seconds) {
    ForecastBatch found =
        new ForecastBatch(windows.capacity(), windows.horizon(), model.quantileLevels().size());
    return settled(
        span -> TimedLoop.run(i -> model.forecast(windows, found), windows.size(), span).byClock(),
        seconds);
  }

  /** Vector code is a hundred times slower until it is compiled: short turns until they agree. */
  private static double settled(DoubleUnaryOperator speed, double seconds) {
    double before = 0;
    double now = speed.applyAsDouble(seconds / LEAST_TURNS);
    for (int turn = 1; turn < MOST_TURNS && (turn < LEAST_TURNS || now > 1.05 * before); turn++) {
      before = now;
      now = speed.applyAsDouble(seconds / LEAST_TURNS);
    }
    return speed.applyAsDouble(seconds);
  }
}

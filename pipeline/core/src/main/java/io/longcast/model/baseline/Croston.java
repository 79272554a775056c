package io.longcast.model.baseline;

import java.util.Arrays;

/**
 * Methods for intermittent demand: a smoothed size over a smoothed gap (Croston 1972), the same
 * less its bias (Syntetos and Boylan 2005), or a smoothed size times a smoothed probability of
 * demand, which also falls while there is none (Teunter, Syntetos and Babai 2011). The forecast is
 * level; zeros are no demand.
 *
 * @param variant which
 */
record Croston(Variant variant) implements LocalModel {
  private static final double SMOOTHING = 0.1;

  /** The methods. */
  enum Variant {
    CLASSIC,
    SBA,
    TSB
  }

  @Override
  public LocalForecast forecast(double[] history, int horizon) {
    State state = new State();
    double squares = 0;
    for (double value : history) {
      double error = state.begun ? value - state.rate() : 0;
      squares += error * error;
      state.take(value);
    }
    double sigma = Math.sqrt(squares / history.length);
    double[] point = new double[horizon];
    double[] spread = new double[horizon];
    Arrays.fill(point, state.rate());
    Arrays.fill(spread, sigma);
    return new LocalForecast(point, spread);
  }

  private final class State {
    private double size;
    private double gap = 1;
    private double probability;
    private int since = 1;
    private boolean begun;

    double rate() {
      return switch (variant) {
        case CLASSIC -> size / gap;
        case SBA -> (1 - SMOOTHING / 2) * size / gap;
        case TSB -> probability * size;
      };
    }

    void take(double value) {
      boolean demand = value != 0;
      if (!begun) {
        begin(demand, value);
        return;
      }
      probability += SMOOTHING * ((demand ? 1 : 0) - probability);
      if (demand) {
        size += SMOOTHING * (value - size);
        gap += SMOOTHING * (since - gap);
      }
      since = demand ? 1 : since + 1;
    }

    /** With the first demand. */
    private void begin(boolean demand, double value) {
      if (demand) {
        begun = true;
        size = value;
        gap = since;
        probability = 1.0 / since;
        since = 1;
      } else {
        since++;
      }
    }
  }
}

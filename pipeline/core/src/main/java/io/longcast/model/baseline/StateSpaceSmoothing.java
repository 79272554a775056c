package io.longcast.model.baseline;

/**
 * One exponential smoothing model in state space form (Hyndman, Koehler, Ord and Snyder 2008): its
 * errors over a history, its criterion and its forecasts.
 *
 * @param relativeErrors whether errors are relative to the expected value (M) or not (A)
 * @param trend none, additive or damped
 * @param season none, additive or multiplicative
 */
record StateSpaceSmoothing(boolean relativeErrors, Trend trend, Season season) {

  /** The trend's form. */
  enum Trend {
    NONE,
    ADDITIVE,
    DAMPED
  }

  /** The season's form. */
  enum Season {
    NONE,
    ADDITIVE,
    MULTIPLICATIVE
  }

  private static final int EVALUATIONS = 300;

  /** Order of the parameters searched: weights of level, slope, season; damping; first states. */
  private static final double[] LOWER = {1e-4, 0, 0, 0.8};

  private static final double[] UPPER = {0.9999, 1, 1, 0.98};
  private static final double[] START = {0.3, 0.1, 0.1, 0.95};

  /**
   * Fits the weights and the first level and slope.
   *
   * @param initial states before the first value
   */
  Fit fit(double[] history, InitialStates initial) {
    double unit = Residuals.ofLag(history, 1) + 1e-9 * Math.abs(initial.level()) + 1e-12;
    double[] lower = joined(LOWER, initial.level() - 20 * unit, initial.slope() - 3 * unit);
    double[] upper = joined(UPPER, initial.level() + 20 * unit, initial.slope() + 3 * unit);
    double[] start = joined(START, initial.level(), trend == Trend.NONE ? 0 : initial.slope());
    double[] width = {0.2, 0.2, 0.2, 0.02, unit, 0.2 * unit};
    NelderMead search = new NelderMead(lower, upper, x -> new Run(history, initial, x).criterion());
    return new Fit(history, initial, search.search(start, width, EVALUATIONS));
  }

  private static double[] joined(double[] weights, double level, double slope) {
    return new double[] {weights[0], weights[1], weights[2], weights[3], level, slope};
  }

  private int parameters(int period) {
    int ofTrend = trend == Trend.NONE ? 0 : trend == Trend.ADDITIVE ? 2 : 3;
    return 3 + ofTrend + (season == Season.NONE ? 0 : period);
  }

  /**
   * States before the first value.
   *
   * @param level of the series without its season
   * @param slope a step
   * @param cycle seasonal values, by phase from the first step; empty for none
   */
  record InitialStates(double level, double slope, double[] cycle) {}

  /** A fitted model. */
  final class Fit {
    private final Run run;
    private final int values;
    private final double criterion;

    private Fit(double[] history, InitialStates initial, NelderMead.Vertex best) {
      run = new Run(history, initial, best.x());
      values = history.length;
      double k = parameters(initial.cycle().length);
      criterion =
          values - k - 1 > 0
              ? best.cost() + 2 * k + 2 * k * (k + 1) / (values - k - 1)
              : Double.POSITIVE_INFINITY;
    }

    /** Corrected Akaike criterion up to a constant; lower is better. */
    double criterion() {
      return criterion;
    }

    LocalForecast forecast(int horizon) {
      return run.forecast(horizon, values);
    }
  }

  /** One pass over a history. */
  private final class Run {
    private final double alpha;
    private final double beta;
    private final double gamma;
    private final double phi;
    private final double[] cycle;
    private final int values;
    private double level;
    private double slope;
    private double squares;
    private double logs;

    Run(double[] history, InitialStates initial, double[] x) {
      alpha = x[0];
      beta = trend == Trend.NONE ? 0 : x[1] * alpha;
      gamma = season == Season.NONE ? 0 : x[2] * (1 - alpha);
      phi = trend == Trend.NONE ? 0 : trend == Trend.ADDITIVE ? 1 : x[3];
      level = x[4];
      slope = trend == Trend.NONE ? 0 : x[5];
      cycle = initial.cycle().clone();
      values = history.length;
      for (int t = 0; t < values; t++) {
        take(t, history[t]);
      }
    }

    private double expected(int t, double base) {
      return switch (season) {
        case NONE -> base;
        case ADDITIVE -> base + cycle[t % cycle.length];
        case MULTIPLICATIVE -> base * cycle[t % cycle.length];
      };
    }

    private void take(int t, double value) {
      double base = level + phi * slope;
      double mean = expected(t, base);
      double error = value - mean;
      double relative = relativeErrors ? error / mean : error;
      squares += relative * relative;
      logs += relativeErrors ? Math.log(Math.abs(mean)) : 0;
      if (season == Season.NONE) {
        move(base, error);
        return;
      }
      int phase = t % cycle.length;
      boolean product = season == Season.MULTIPLICATIVE;
      double ofSeason = cycle[phase];
      cycle[phase] += gamma * (product ? error / base : error);
      move(base, product ? error / ofSeason : error);
    }

    private void move(double base, double error) {
      slope = phi * slope + beta * error;
      level = base + alpha * error;
    }

    double criterion() {
      return values * Math.log(Math.max(squares, Double.MIN_NORMAL) / values) + 2 * logs;
    }

    LocalForecast forecast(int horizon, int from) {
      double[] point = new double[horizon];
      double[] spread = new double[horizon];
      double sigma = Math.sqrt(squares / Math.max(1, values - parameters(cycle.length)));
      double damping = 0;
      double power = 1;
      double variance = 1;
      for (int h = 0; h < horizon; h++) {
        power *= phi;
        damping += power;
        point[h] = expected(from + h, level + damping * slope);
        double unit = relativeErrors ? Math.abs(point[h]) : 1;
        spread[h] = sigma * unit * Math.sqrt(variance);
        boolean whole = cycle.length > 0 && (h + 1) % cycle.length == 0;
        double response = alpha + beta * damping + (whole ? gamma : 0);
        variance += response * response;
      }
      return new LocalForecast(point, spread);
    }
  }
}

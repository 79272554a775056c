package io.longcast.model.baseline;

/**
 * A fitted smoothing recursion: e = y - (l + φb), l' = l + φb + αe, b' = φb + βe. The first level
 * and slope enter the errors linearly and are solved for exactly; α, β and φ are searched.
 */
final class SmoothingFit {
  private static final double LEAST_ALPHA = 1e-4;
  private static final double MOST_ALPHA = 0.9999;
  private static final double LEAST_PHI = 0.8;
  private static final double MOST_PHI = 0.98;

  private final double alpha;
  private final double beta;
  private final double phi;
  private final int parameters;
  private final int values;
  private final double squares;
  private final double level;
  private final double slope;

  private SmoothingFit(double[] history, double alpha, double beta, double phi) {
    this.alpha = alpha;
    this.beta = beta;
    this.phi = phi;
    values = history.length;
    parameters = phi == 0 ? 3 : 6;
    double[] start = start(history);
    double l = start[0];
    double b = start[1];
    double sum = 0;
    for (double value : history) {
      double error = value - l - phi * b;
      l += phi * b + alpha * error;
      b = phi * b + beta * error;
      sum += error * error;
    }
    squares = sum;
    level = l;
    slope = b;
  }

  /** Level and slope before the first value that make the sum of squares least. */
  private double[] start(double[] history) {
    double l = 0;
    double b = 0;
    double[] unitLevel = {1, 0};
    double[] unitSlope = {0, 1};
    double ll = 0;
    double ls = 0;
    double ss = 0;
    double ly = 0;
    double sy = 0;
    for (double value : history) {
      double error = value - l - phi * b;
      l += phi * b + alpha * error;
      b = phi * b + beta * error;
      double fromLevel = advance(unitLevel);
      double fromSlope = advance(unitSlope);
      ll += fromLevel * fromLevel;
      ls += fromLevel * fromSlope;
      ss += fromSlope * fromSlope;
      ly += fromLevel * error;
      sy += fromSlope * error;
    }
    double determinant = ll * ss - ls * ls;
    if (phi == 0 || determinant <= 1e-9 * ll * ss) {
      return new double[] {ly / ll, 0};
    }
    return new double[] {(ss * ly - ls * sy) / determinant, (ll * sy - ls * ly) / determinant};
  }

  /** One step of a state that meets only zeros; returns how much it takes off the error. */
  private double advance(double[] state) {
    double forecast = state[0] + phi * state[1];
    state[0] = forecast - alpha * forecast;
    state[1] = phi * state[1] - beta * forecast;
    return forecast;
  }

  /** Simple smoothing, α by a grid and golden section. */
  static SmoothingFit simple(double[] history) {
    SmoothingFit best = new SmoothingFit(history, LEAST_ALPHA, 0, 0);
    for (double alpha = 0.05; alpha < 1; alpha += 0.05) {
      best = better(best, new SmoothingFit(history, alpha, 0, 0));
    }
    for (double width = 0.025; width > 1e-6; width *= 0.6) {
      best = better(best, new SmoothingFit(history, clampAlpha(best.alpha - width), 0, 0));
      best = better(best, new SmoothingFit(history, clampAlpha(best.alpha + width), 0, 0));
    }
    return best;
  }

  /** Damped trend, by coordinate steps of shrinking width from a few starts. */
  static SmoothingFit damped(double[] history) {
    SmoothingFit best = new SmoothingFit(history, 0.5, 0.05, 0.9);
    best = better(best, new SmoothingFit(history, 0.1, 0.01, 0.95));
    best = better(best, new SmoothingFit(history, 0.9, 0.1, MOST_PHI));
    for (double width = 0.2; width > 1e-4; width *= 0.6) {
      for (int sign = -1; sign <= 1; sign += 2) {
        best = better(best, best.moved(history, sign * width, 0, 0));
        best = better(best, best.moved(history, 0, sign * width, 0));
        best = better(best, best.moved(history, 0, 0, 0.3 * sign * width));
      }
    }
    return best;
  }

  private SmoothingFit moved(double[] history, double up, double trendUp, double phiUp) {
    double newAlpha = clampAlpha(alpha + up);
    return new SmoothingFit(
        history,
        newAlpha,
        Math.max(LEAST_ALPHA, Math.min(newAlpha, beta + trendUp)),
        Math.max(LEAST_PHI, Math.min(MOST_PHI, phi + phiUp)));
  }

  private static double clampAlpha(double alpha) {
    return Math.max(LEAST_ALPHA, Math.min(MOST_ALPHA, alpha));
  }

  private static SmoothingFit better(SmoothingFit one, SmoothingFit other) {
    return other.squares < one.squares ? other : one;
  }

  /** Corrected Akaike criterion up to a constant; lower is better. */
  double criterion() {
    double k = parameters;
    double fit = values * Math.log(Math.max(squares, Double.MIN_NORMAL) / values);
    return fit + 2 * k + 2 * k * (k + 1) / Math.max(1, values - k - 1);
  }

  /** Smoothing weight of the level. */
  double alpha() {
    return alpha;
  }

  /** Points, and the spread from the recursion's response to one error. */
  LocalForecast forecast(int horizon) {
    double[] point = new double[horizon];
    double[] spread = new double[horizon];
    double sigma = Math.sqrt(squares / Math.max(1, values - parameters));
    double damping = 0;
    double power = 1;
    double variance = 1;
    for (int h = 0; h < horizon; h++) {
      power *= phi;
      damping += power;
      point[h] = level + damping * slope;
      spread[h] = sigma * Math.sqrt(variance);
      double response = alpha + beta * damping;
      variance += response * response;
    }
    return new LocalForecast(point, spread);
  }
}

package io.longcast.model.baseline;

/**
 * The optimised Theta models (Fiorucci, Pellegrini, Louzada, Petropoulos and Koehler 2016): a state
 * space form of Theta whose θ, smoothing weight and first forecast are fitted to the one-step
 * errors.
 *
 * @param dynamic whether the line is estimated anew at every step (DOTM) or once (OTM)
 */
record OptimisedTheta(boolean dynamic) implements LocalModel {
  private static final int LEAST_VALUES = 4;
  private static final int EVALUATIONS = 400;

  @Override
  public LocalForecast forecast(double[] history, int horizon) {
    double scale = Residuals.ofLag(history, 1);
    if (history.length < LEAST_VALUES || scale == 0) {
      return new Theta().forecast(history, horizon);
    }
    double[] first = {history[0], 0.5, 2};
    double wide = 100 * scale;
    NelderMead search =
        new NelderMead(
            new double[] {history[0] - wide, 0.1, 1},
            new double[] {history[0] + wide, 0.99, 50},
            x -> new Run(history, x).squares());
    NelderMead.Vertex best = search.search(first, new double[] {scale, 0.2, 1}, EVALUATIONS);
    Run run = new Run(history, best.x());
    double sigma = Math.sqrt(run.squares() / Math.max(1, history.length - 3));
    return run.forecast(horizon, sigma);
  }

  /** One pass over a history. */
  private final class Run {
    private final double alpha;
    private final double theta;
    private final double fixedIntercept;
    private final double fixedSlope;
    private double level;
    private double mean;
    private double intercept;
    private double slope;
    private double decay = 1;
    private double squares;
    private int t;

    Run(double[] history, double[] x) {
      alpha = x[1];
      theta = x[2];
      double[] line = line(history);
      fixedIntercept = line[0];
      fixedSlope = line[1];
      double pull = dynamic ? history[0] : fixedIntercept + fixedSlope;
      level = x[0] - (1 - 1 / theta) * pull;
      for (double value : history) {
        double error = t == 0 && dynamic ? 0 : value - next();
        squares += error * error;
        take(value);
      }
    }

    double squares() {
      return squares;
    }

    /** The expected next value. */
    double next() {
      double a = dynamic ? intercept : fixedIntercept;
      double b = dynamic ? slope : fixedSlope;
      double pull = a * decay + b * (1 - decay * (1 - alpha)) / alpha;
      return level + (1 - 1 / theta) * pull;
    }

    void take(double value) {
      double before = mean;
      level = alpha * value + (1 - alpha) * level;
      decay *= 1 - alpha;
      t++;
      mean += (value - mean) / t;
      slope = t == 1 ? 0 : ((t - 2) * slope + 6 * (value - before) / t) / (t + 1);
      intercept = mean - slope * (t + 1) / 2;
    }

    LocalForecast forecast(int horizon, double sigma) {
      double[] point = new double[horizon];
      double[] spread = new double[horizon];
      for (int h = 0; h < horizon; h++) {
        point[h] = next();
        spread[h] = sigma * Math.sqrt(1 + h * alpha * alpha);
        take(point[h]);
      }
      return new LocalForecast(point, spread);
    }
  }

  /** Intercept and slope of the line over t = 1, 2, ... */
  private static double[] line(double[] x) {
    int n = x.length;
    double meanTime = 0.5 * (n + 1);
    double mean = 0;
    for (double value : x) {
      mean += value / n;
    }
    double covariance = 0;
    double variance = 0;
    for (int t = 1; t <= n; t++) {
      covariance += (t - meanTime) * (x[t - 1] - mean);
      variance += (t - meanTime) * (t - meanTime);
    }
    double slope = n == 1 ? 0 : covariance / variance;
    return new double[] {mean - slope * meanTime, slope};
  }
}

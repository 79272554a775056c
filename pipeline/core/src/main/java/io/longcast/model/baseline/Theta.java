package io.longcast.model.baseline;

/**
 * The Theta method (Assimakopoulos and Nikolopoulos 2000) as the M4 competition ran it: the mean of
 * the straight line through the history and of a simple smoothing of 2x - line. Where the history
 * is nowhere negative the forecast is not either.
 */
record Theta() implements LocalModel {

  @Override
  public LocalForecast forecast(double[] history, int horizon) {
    int n = history.length;
    double meanTime = 0.5 * (n - 1);
    double mean = 0;
    double least = Double.POSITIVE_INFINITY;
    for (double value : history) {
      mean += value / n;
      least = Math.min(least, value);
    }
    double covariance = 0;
    double variance = 0;
    for (int t = 0; t < n; t++) {
      covariance += (t - meanTime) * (history[t] - mean);
      variance += (t - meanTime) * (t - meanTime);
    }
    double slope = n == 1 ? 0 : covariance / variance;
    double[] doubled = new double[n];
    for (int t = 0; t < n; t++) {
      doubled[t] = 2 * history[t] - (mean + slope * (t - meanTime));
    }
    LocalForecast smooth = SmoothingFit.simple(doubled).forecast(horizon);
    for (int t = 0; t < horizon; t++) {
      double line = mean + slope * (n + t - meanTime);
      double point = 0.5 * (line + smooth.point()[t]);
      smooth.point()[t] = least >= 0 ? Math.max(0, point) : point;
      smooth.spread()[t] *= 0.5;
    }
    return smooth;
  }
}

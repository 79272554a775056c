package io.longcast.model.baseline;

/** The last value plus the mean change from first to last value. */
record Drift() implements LocalModel {

  @Override
  public LocalForecast forecast(double[] history, int horizon) {
    int n = history.length;
    double last = history[n - 1];
    double slope = n == 1 ? 0 : (last - history[0]) / (n - 1);
    double squares = Residuals.ofLag(history, 1);
    double sigma = Math.sqrt(Math.max(0, squares * squares - slope * slope));
    double[] point = new double[horizon];
    double[] spread = new double[horizon];
    for (int h = 1; h <= horizon; h++) {
      point[h - 1] = last + h * slope;
      spread[h - 1] = sigma * Math.sqrt(h * (1 + h / Math.max(1.0, n - 1)));
    }
    return new LocalForecast(point, spread);
  }
}

package io.longcast.model.baseline;

/** The size of residuals inside a context. */
final class Residuals {
  private Residuals() {}

  /** Root mean square of x_t - x_(t-lag); 0 without a pair. */
  static double ofLag(double[] history, int lag) {
    double sum = 0;
    int pairs = Math.max(0, history.length - lag);
    for (int t = lag; t < history.length; t++) {
      double difference = history[t] - history[t - lag];
      sum += difference * difference;
    }
    return pairs == 0 ? 0 : Math.sqrt(sum / pairs);
  }
}

package io.longcast.model.baseline;

import io.longcast.matrix.Cholesky;
import io.longcast.model.WindowForecaster;
import java.util.Locale;

/**
 * One linear map from the context to all steps of the horizon, shared by all channels: the linear
 * models of Zeng et al. (2023), "Are transformers effective for time series forecasting?", here by
 * least squares over all training windows in place of their stochastic gradient.
 */
public enum LinearMapBaseline {
  /** Context and target less the context's last value. */
  NLINEAR,
  /**
   * A map for the moving average of the context and one for the rest of it. Their sum is some map
   * of the context, and every map is such a sum, so that least squares need not take it apart.
   */
  DLINEAR;

  /** Share of the mean variance that is added to every variance. */
  private static final double RIDGE = 1e-4;

  /** Name in tables. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Fits the map.
   *
   * @param rows training values of one channel each
   * @param contextLength steps seen
   * @param horizon steps forecast
   * @throws IllegalArgumentException if no row holds a window
   */
  public WindowForecaster fit(Iterable<float[]> rows, int contextLength, int horizon) {
    WindowMoments moments = new WindowMoments(contextLength + horizon);
    for (float[] row : rows) {
      moments.add(row, row.length);
    }
    if (moments.windows() == 0) {
      throw new IllegalArgumentException(
          "a linear map needs a training row of "
              + (contextLength + horizon)
              + " steps (context and horizon), found none");
    }
    double[][] weights = weights(moments, contextLength, horizon);
    return new LinearMapForecaster(word(), this == NLINEAR, weights);
  }

  /** {@code [horizon, contextLength + 1]}, the intercept last. */
  private double[][] weights(WindowMoments moments, int context, int horizon) {
    double[][] covariance = new double[context][context];
    double trace = 0;
    for (int i = 0; i < context; i++) {
      for (int j = 0; j < context; j++) {
        covariance[i][j] = covariance(moments, i, j, context - 1);
      }
      trace += covariance[i][i];
    }
    for (int i = 0; i < context; i++) {
      covariance[i][i] += RIDGE * trace / context + Double.MIN_NORMAL;
    }
    Cholesky factor = new Cholesky(covariance);
    double[][] weights = new double[horizon][];
    for (int t = 0; t < horizon; t++) {
      double[] right = new double[context];
      for (int i = 0; i < context; i++) {
        right[i] = covariance(moments, i, context + t, context - 1);
      }
      weights[t] = withIntercept(factor.solve(right), moments, context + t, context - 1);
    }
    return weights;
  }

  private double covariance(WindowMoments m, int i, int j, int last) {
    double plain = m.product(i, j) - m.mean(i) * m.mean(j);
    if (this == DLINEAR) {
      return plain;
    }
    return plain
        - (m.product(i, last) - m.mean(i) * m.mean(last))
        - (m.product(j, last) - m.mean(j) * m.mean(last))
        + (m.product(last, last) - m.mean(last) * m.mean(last));
  }

  private double[] withIntercept(double[] weights, WindowMoments m, int target, int last) {
    double shift = this == NLINEAR ? m.mean(last) : 0;
    double intercept = m.mean(target) - shift;
    for (int i = 0; i < weights.length; i++) {
      intercept -= weights[i] * (m.mean(i) - shift);
    }
    double[] all = java.util.Arrays.copyOf(weights, weights.length + 1);
    all[weights.length] = intercept;
    return all;
  }
}

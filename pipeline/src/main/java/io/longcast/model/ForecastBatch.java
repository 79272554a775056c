package io.longcast.model;

/**
 * Forecasts of a batch of windows in raw units; reusable, filled by a {@link Forecaster}.
 *
 * <p>Always holds after a call: every point is finite, and quantiles of one step ascend with their
 * level.
 */
public final class ForecastBatch {
  private final int capacity;
  private final int horizon;
  private final int levels;
  private final float[] point;
  private final float[] quantiles;

  /**
   * @param capacity most windows
   * @param horizon steps forecast
   * @param levels number of quantile levels, 0 for points only
   */
  public ForecastBatch(int capacity, int horizon, int levels) {
    this.capacity = capacity;
    this.horizon = horizon;
    this.levels = levels;
    point = new float[capacity * horizon];
    quantiles = new float[capacity * horizon * levels];
  }

  /** Most windows. */
  public int capacity() {
    return capacity;
  }

  /** Steps forecast. */
  public int horizon() {
    return horizon;
  }

  /** Number of quantile levels. */
  public int levels() {
    return levels;
  }

  /** {@code [windows, horizon]}. */
  public float[] point() {
    return point;
  }

  /** {@code [windows, horizon, levels]}. */
  public float[] quantiles() {
    return quantiles;
  }

  /** Point forecast of window {@code i}, step index {@code t} from 0. */
  public float point(int i, int t) {
    return point[i * horizon + t];
  }

  /** Quantile forecast of window {@code i}, step index {@code t} from 0, level index {@code q}. */
  public float quantile(int i, int t, int q) {
    return quantiles[(i * horizon + t) * levels + q];
  }
}

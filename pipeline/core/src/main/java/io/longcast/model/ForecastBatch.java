package io.longcast.model;

/**
 * Forecasts of a batch of windows in raw units less the offsets of the windows; reusable, filled by
 * a {@link WindowForecaster}.
 *
 * <p>Always holds after a call: every point of the steps that are wanted is finite, and quantiles
 * of one step ascend with their level. Values at later steps are undefined.
 */
public final class ForecastBatch {
  private final int capacity;
  private final int horizon;
  private final int levels;
  private final int wanted;
  private final float[] point;
  private final float[] quantiles;

  /**
   * @param capacity most windows
   * @param horizon steps forecast
   * @param levels number of quantile levels, 0 for points only
   */
  public ForecastBatch(int capacity, int horizon, int levels) {
    this(capacity, horizon, levels, horizon);
  }

  /**
   * A batch of which only the first steps are read, so that a forecaster may leave out the others.
   *
   * @param capacity most windows
   * @param horizon steps forecast
   * @param levels number of quantile levels, 0 for points only
   * @param wanted first steps that are read, 1 to the horizon
   */
  public ForecastBatch(int capacity, int horizon, int levels, int wanted) {
    this.wanted = wanted;
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

  /** First steps that are read. */
  public int wanted() {
    return wanted;
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

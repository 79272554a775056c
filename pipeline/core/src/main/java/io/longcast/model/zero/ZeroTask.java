package io.longcast.model.zero;

import io.longcast.model.zero.network.ZeroShape;
import io.longcast.model.zero.season.SeasonDetector;
import io.longcast.window.WindowBatch;
import java.util.Arrays;
import java.util.List;

/**
 * One series on its way to a forecast, in standardized units: its newest 640 observed values have
 * mean 0 and deviation 1.
 */
public final class ZeroTask {
  private static final int BLOCK = ZeroShape.BLOCK;
  private static final int LEVELS = ZeroShape.LEVEL_COUNT;

  final double[] quantiles;
  private final Units units;
  private final List<ZeroView> views;
  private final PastLosses losses;

  /** Of each view, its quantiles of the present block. */
  private final double[][] made;

  private double[] weights;
  private double[] x;
  private boolean[] observed;
  private int done;

  /**
   * @param values oldest first
   * @param observed which values were observed; others are ignored
   */
  ZeroTask(
      double[] values,
      boolean[] observed,
      int horizon,
      SeasonDetector detector,
      ZeroOptions options) {
    this.observed = observed.clone();
    quantiles = new double[blocks(horizon) * BLOCK * LEVELS];
    units = Units.of(values, observed);
    views = options.views(detector.detect(values, observed), values.length);
    losses = new PastLosses(views);
    made = new double[views.size()][];
    x = new double[values.length];
    for (int t = 0; t < x.length; t++) {
      x[t] = observed[t] ? units.standardized(values[t]) : 0;
    }
  }

  /** The task of a window. */
  public static ZeroTask of(
      WindowBatch windows, int i, int horizon, SeasonDetector detector, ZeroOptions options) {
    return new ZeroTask(windows.history(i), windows.historyObserved(i), horizon, detector, options);
  }

  static int blocks(int horizon) {
    return (horizon + BLOCK - 1) / BLOCK;
  }

  /** How the series is shown to the network. */
  public List<ZeroView> views() {
    return views;
  }

  /** Steps of 16 values that a view takes. */
  int steps(int view) {
    int length = Math.min(x.length, views.get(view).newest());
    return Math.max(1, (length + ZeroShape.STEP - 1) / ZeroShape.STEP);
  }

  /** Copies the newest values, as a view shows them, to the end of an array of whole steps. */
  public void context(ZeroView view, double[] values, boolean[] known) {
    int length = Math.min(Math.min(x.length, view.newest()), values.length);
    int pad = values.length - length;
    Arrays.fill(values, 0, pad, 0);
    Arrays.fill(known, 0, pad, false);
    for (int t = 0; t < length; t++) {
      known[pad + t] = observed[x.length - length + t];
      values[pad + t] = view.sign() * x[x.length - length + t];
    }
  }

  /**
   * Takes what a view forecasts.
   *
   * @param back values known after the origin; 0 for the forecast proper
   * @param block nine quantiles of 48 steps
   */
  void take(int view, int back, double[] block) {
    if (back == 0) {
      made[view] = block;
      return;
    }
    int from = x.length - back;
    for (int h = 0; h < Math.min(BLOCK, back); h++) {
      if (from + h >= 0 && observed[from + h]) {
        losses.add(view, x[from + h], block, h * LEVELS);
      }
    }
  }

  /** Where the quantiles of the present block begin. */
  int at() {
    return done * BLOCK * LEVELS;
  }

  /** Averages the views and goes on to the next block, with the medians as values. */
  void advance() {
    weights = weights == null ? losses.weights() : weights;
    for (int k = 0; k < BLOCK * LEVELS; k++) {
      for (int v = 0; v < made.length; v++) {
        quantiles[at() + k] += weights[v] * made[v][k];
      }
    }
    int length = x.length;
    x = Arrays.copyOf(x, length + BLOCK);
    observed = Arrays.copyOf(observed, x.length);
    for (int h = 0; h < BLOCK; h++) {
      x[length + h] = quantiles[at() + h * LEVELS + ZeroShape.MEDIAN];
      observed[length + h] = true;
    }
    done++;
  }

  /** A value in standardized units. */
  public double standardized(double raw) {
    return units.standardized(raw);
  }

  /** A standardized value in the units of the series; not below 0 where no value was. */
  double raw(double z) {
    double value = units.raw(z);
    return units.least() >= 0 ? Math.max(0, value) : value;
  }
}

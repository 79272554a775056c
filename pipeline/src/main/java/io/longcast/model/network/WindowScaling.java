package io.longcast.model.network;

import io.longcast.model.ModelSpec;
import io.longcast.model.ModelSpec.Scaling;
import io.longcast.model.ModelSpec.Transform;
import io.longcast.window.WindowBatch;
import java.util.Arrays;

/**
 * Brings each window of a batch to unit scale, {@code z = (transform(x) - level) / spread}, from
 * its own observed context alone, and forecasts back.
 *
 * <p>Equivariant: a window in other units has the same {@code z}. Floors are shares of the window's
 * own size; a window that is zero throughout has spread 1.
 */
final class WindowScaling {
  private static final double LOG_FLOOR = 5e-3;
  private static final double FLOOR = 1e-3;
  private static final double TINY = 1e-30;
  private static final double FARTHEST_TARGET = 100;
  private static final double MAD_TO_DEVIATION = 1.4826;

  private final Scaling spec;
  private final int season;
  private final int contextLength;
  private final int horizon;
  private final boolean raw;
  private final double[] u;
  private final double[] sorted;
  private final boolean[] counts;

  WindowScaling(ModelSpec model, int contextLength, int horizon) {
    this.spec = model.scaling();
    this.season = Math.min(model.seasonalPeriod(), contextLength);
    this.contextLength = contextLength;
    this.horizon = horizon;
    this.raw = model.output().loss() == ModelSpec.Loss.CROSS_ENTROPY;
    u = new double[contextLength];
    sorted = new double[contextLength];
    counts = new boolean[contextLength];
  }

  /** Scales contexts, and targets where {@code withTargets}. */
  void scale(WindowBatch batch, ScaledBatch into, boolean withTargets) {
    into.size = batch.size();
    for (int i = 0; i < batch.size(); i++) {
      markObserved(batch.contextObserved(), i * contextLength);
      transform(batch.context(), i, into);
      centre(into, i);
      writeContext(into, i);
      if (withTargets) {
        writeTarget(batch, into, i);
      }
    }
  }

  /** From scaled units back to raw ones. */
  double unscale(ScaledBatch batch, int window, double z) {
    double value = batch.level[window] + batch.spread[window] * z;
    double unit = batch.unit[window];
    if (unit == 0) {
      return value;
    }
    double e = Scalars.exp(value);
    return spec.transform() == Transform.LOG ? e : unit * 0.5 * (e - 1 / e);
  }

  private void markObserved(float[] observed, int from) {
    boolean any = false;
    for (int j = 0; j < contextLength; j++) {
      counts[j] = observed[from + j] != 0;
      any |= counts[j];
    }
    if (!any) {
      Arrays.fill(counts, true);
    }
  }

  private void transform(float[] context, int window, ScaledBatch into) {
    int from = window * contextLength;
    double unit = unitOf(context, from);
    into.unit[window] = unit;
    boolean log = unit != 0 && spec.transform() == Transform.LOG;
    for (int j = 0; j < contextLength; j++) {
      double x = context[from + j];
      u[j] = unit == 0 ? x : log ? Scalars.log(x) : asinh(x / unit);
    }
  }

  private double unitOf(float[] context, int from) {
    if (spec.transform() == Transform.LOG) {
      float least = Float.MAX_VALUE;
      for (int j = 0; j < contextLength; j++) {
        least = Math.min(least, context[from + j]);
      }
      return least >= Float.MIN_NORMAL ? 1 : 0;
    }
    if (spec.transform() != Transform.ASINH) {
      return 0;
    }
    double sum = 0;
    int n = 0;
    for (int j = 0; j < contextLength; j++) {
      sum += counts[j] ? Math.abs(context[from + j]) : 0;
      n += counts[j] ? 1 : 0;
    }
    return sum / n > TINY ? sum / n : 0;
  }

  private static double asinh(double x) {
    double a = Math.abs(x);
    return Math.copySign(Scalars.log(a + Math.sqrt(a * a + 1)), x);
  }

  private void centre(ScaledBatch into, int i) {
    double n = 0;
    double sum = 0;
    double magnitude = 0;
    for (int j = 0; j < contextLength; j++) {
      if (counts[j]) {
        n++;
        sum += u[j];
        magnitude += Math.abs(u[j]);
      }
    }
    double mean = sum / n;
    double size = magnitude / n;
    double deviation = deviation(mean, n);
    double change = seasonalDifference();
    boolean log = into.unit[i] != 0;
    double level = level(mean);
    double spread = spread(deviation, change, size, log ? LOG_FLOOR : FLOOR * size);
    into.level[i] = level;
    into.spread[i] = spread;
    double relative = log ? Scalars.log(spread) : Scalars.log(deviation / (size + TINY) + 1e-4);
    into.statistics[2 * i] = (float) (0.5 * relative);
    into.statistics[2 * i + 1] =
        (float) (0.5 * Scalars.log(change / (deviation + 1e-6 * size + TINY) + FLOOR));
  }

  private double deviation(double mean, double n) {
    double squares = 0;
    for (int j = 0; j < contextLength; j++) {
      double d = counts[j] ? u[j] - mean : 0;
      squares += d * d;
    }
    return n > 1 ? Math.sqrt(squares / (n - 1)) : 0;
  }

  private double seasonalDifference() {
    double sum = 0;
    int n = 0;
    for (int j = season; j < contextLength; j++) {
      if (counts[j] && counts[j - season]) {
        sum += Math.abs(u[j] - u[j - season]);
        n++;
      }
    }
    return n == 0 ? 0 : sum / n;
  }

  private double level(double mean) {
    return switch (spec.level()) {
      case LAST_SEASON -> lastMean(season);
      case LAST_VALUE -> lastMean(1);
      case MEAN -> mean;
      case MEDIAN -> median(u);
      case ZERO -> 0;
    };
  }

  /** Mean of the observed among the newest steps; of the newest observed one if none is. */
  private double lastMean(int steps) {
    double sum = 0;
    int n = 0;
    for (int j = contextLength - 1; j >= 0; j--) {
      if (counts[j] && (j >= contextLength - steps || n == 0)) {
        sum += u[j];
        n++;
      }
      if (j <= contextLength - steps && n > 0) {
        break;
      }
    }
    return sum / n;
  }

  private double spread(double deviation, double change, double size, double floor) {
    double found =
        switch (spec.spread()) {
          case DEVIATION -> deviation + floor;
          case MEDIAN_DEVIATION -> medianDeviation() + 10 * floor;
          case MEAN_ABSOLUTE -> size;
          case SEASONAL_DIFFERENCE -> change + 10 * floor;
          case ONE -> 1;
        };
    return found > TINY ? found : 1;
  }

  private double medianDeviation() {
    double centre = median(u);
    double[] distance = new double[contextLength];
    for (int j = 0; j < contextLength; j++) {
      distance[j] = Math.abs(u[j] - centre);
    }
    return MAD_TO_DEVIATION * median(distance);
  }

  private double median(double[] values) {
    int n = 0;
    for (int j = 0; j < contextLength; j++) {
      if (counts[j]) {
        sorted[n++] = values[j];
      }
    }
    Arrays.sort(sorted, 0, n);
    return 0.5 * (sorted[(n - 1) / 2] + sorted[n / 2]);
  }

  private void writeContext(ScaledBatch into, int i) {
    double level = into.level[i];
    double rate = 1 / into.spread[i];
    float bound = (float) spec.clamp();
    int from = i * contextLength;
    for (int j = 0; j < contextLength; j++) {
      float z = (float) ((u[j] - level) * rate);
      into.context[from + j] = Math.max(-bound, Math.min(bound, z));
    }
  }

  private void writeTarget(WindowBatch batch, ScaledBatch into, int i) {
    for (int t = 0; t < horizon; t++) {
      int at = i * horizon + t;
      float x = batch.target()[at];
      into.weight[at] = batch.targetObserved()[at] != 0 ? 1 : 0;
      into.target[at] = raw ? x : (float) scaled(x, into, i);
    }
  }

  private double scaled(double x, ScaledBatch into, int i) {
    double unit = into.unit[i];
    boolean log = spec.transform() == Transform.LOG;
    double value = x;
    if (unit != 0) {
      value = log ? Scalars.log(Math.max(x, Float.MIN_NORMAL)) : asinh(x / unit);
    }
    double z = (value - into.level[i]) / into.spread[i];
    return Math.max(-FARTHEST_TARGET, Math.min(FARTHEST_TARGET, z));
  }
}

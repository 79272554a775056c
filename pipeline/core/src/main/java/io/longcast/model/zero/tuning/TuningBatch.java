package io.longcast.model.zero.tuning;

import io.longcast.model.Trainable.LossSum;
import io.longcast.model.zero.ZeroOptions;
import io.longcast.model.zero.ZeroTask;
import io.longcast.model.zero.ZeroView;
import io.longcast.model.zero.network.FeatureWriter;
import io.longcast.model.zero.network.ZeroBatch;
import io.longcast.model.zero.network.ZeroShape;
import io.longcast.model.zero.season.SeasonDetector;
import io.longcast.model.zero.training.Targets;
import io.longcast.window.WindowBatch;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;

/**
 * What the network reads of a minibatch of windows, and is to forecast: from the last step of each
 * window its target, from a few earlier ones the values that follow within the window. Reusable,
 * not thread-safe.
 */
final class TuningBatch {
  private static final int MOST_ORIGINS = 4;

  private final int capacity;
  private final int steps;
  private final ZeroOptions options;
  private final int[] origins;
  private final SeasonDetector detector = new SeasonDetector();
  private final FeatureWriter writer;
  private final ZeroBatch features;
  private final Targets targets;
  private final float[] gradient;

  /**
   * @param capacity most windows
   * @param contextLength steps of a window before its target
   */
  TuningBatch(int capacity, int contextLength, ZeroOptions options) {
    this.capacity = capacity;
    this.options = options;
    int length = Math.min(contextLength, ZeroShape.CONTEXT);
    steps = (length + ZeroShape.STEP - 1) / ZeroShape.STEP;
    origins = origins(steps);
    writer = new FeatureWriter(steps * ZeroShape.STEP);
    features = new ZeroBatch(capacity, steps);
    targets = new Targets(capacity * origins.length);
    gradient = new float[capacity * origins.length * ZeroShape.BLOCK * ZeroShape.LEVEL_COUNT];
  }

  /** The last step, and up to three earlier ones of its half of the window. */
  private static int[] origins(int steps) {
    int apart = Math.max(1, steps / (2 * MOST_ORIGINS));
    int[] origins = new int[Math.min(steps, MOST_ORIGINS)];
    for (int k = 0; k < origins.length; k++) {
      origins[k] = steps - 1 - (origins.length - 1 - k) * apart;
    }
    return origins;
  }

  int capacity() {
    return capacity;
  }

  int steps() {
    return steps;
  }

  int[] origins() {
    return origins;
  }

  ZeroBatch features() {
    return features;
  }

  /** Of the sum of the losses. */
  float[] gradient() {
    return gradient;
  }

  /** Writes windows in the first of their views. */
  void write(WindowBatch windows) {
    features.begin(windows.size(), steps);
    for (int i = 0; i < windows.size(); i++) {
      write(windows, i, views -> 0);
    }
  }

  /** Writes windows, each in a view drawn from the seed. */
  void write(WindowBatch windows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    features.begin(windows.size(), steps);
    for (int i = 0; i < windows.size(); i++) {
      write(windows, i, random::nextInt);
    }
  }

  private void write(WindowBatch windows, int i, IntUnaryOperator choice) {
    ZeroTask task = ZeroTask.of(windows, i, windows.horizon(), detector, options);
    List<ZeroView> views = task.views();
    ZeroView view = views.get(choice.applyAsInt(views.size()));
    int end = steps * ZeroShape.STEP;
    double[] x = new double[end];
    boolean[] observed = new boolean[end];
    task.context(view, x, observed);
    FeatureWriter.fill(x, observed);
    writer.write(x, observed, view.seasons(), features, i);
    double[] all = Arrays.copyOf(x, end + ZeroShape.BLOCK);
    boolean[] known = Arrays.copyOf(observed, all.length);
    for (int h = 0; h < Math.min(ZeroShape.BLOCK, windows.horizon()); h++) {
      int at = i * windows.horizon() + h;
      known[end + h] = windows.targetObserved()[at] > 0;
      all[end + h] = view.sign() * task.standardized(windows.offset(i) + windows.target()[at]);
    }
    targets.set(all, known, features, i, origins);
  }

  /** The loss of forecasts from all origins; sets its gradient. */
  LossSum loss(float[] quantiles) {
    targets.loss(features.series() * origins.length, quantiles, gradient);
    return new LossSum(targets.sum(), targets.count());
  }
}

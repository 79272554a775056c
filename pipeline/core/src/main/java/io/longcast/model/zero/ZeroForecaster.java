package io.longcast.model.zero;

import io.longcast.model.ForecastBatch;
import io.longcast.model.WindowForecaster;
import io.longcast.model.recurrent.Backend;
import io.longcast.model.zero.network.FeatureWriter;
import io.longcast.model.zero.network.ZeroBatch;
import io.longcast.model.zero.network.ZeroNetwork;
import io.longcast.model.zero.network.ZeroShape;
import io.longcast.model.zero.season.SeasonDetector;
import io.longcast.window.WindowBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * Forecasts with the pretrained network: from the newest 640 values of each window, in blocks of 48
 * steps for any horizon; the medians of a block are the values from which the next is forecast. The
 * mean is taken over several views of a series ({@link ZeroView}), which count more the better they
 * would have forecast its newest values.
 *
 * <p>The forecast of a window does not depend on the others in its batch.
 */
public final class ZeroForecaster implements WindowForecaster {
  /** Steps of a window that are of use: more than 640 only help to find seasons. */
  public static final int CONTEXT = 2048;

  private static final int SERIES = 32;
  private static final int MOST_STEPS = ZeroShape.CONTEXT / ZeroShape.STEP;
  private static final int LEVELS = ZeroShape.LEVEL_COUNT;

  /**
   * Steps before the last from which the forecasts of each view are compared with what followed.
   */
  private static final int PAST_ORIGINS = 8;

  private final ZeroOptions options;
  private final Backend backend;
  private final QuantileCurve curve;
  private final SeasonDetector detector = new SeasonDetector();
  private final FeatureWriter writer = new FeatureWriter(ZeroShape.CONTEXT);
  private final ZeroBatch batch = new ZeroBatch(SERIES, MOST_STEPS);
  private final ZeroNetwork network;

  /**
   * @param backend computes; closed with the forecaster
   */
  public ZeroForecaster(ZeroWeights weights, ZeroOptions options, Backend backend) {
    this.options = options;
    this.backend = backend;
    curve = new QuantileCurve(options.levels());
    network = new ZeroNetwork(weights.shape(), SERIES, MOST_STEPS, PAST_ORIGINS + 1, backend);
    network.load(weights.parameters());
  }

  @Override
  public String name() {
    return ZeroWeights.BUILT_IN;
  }

  @Override
  public List<Double> quantileLevels() {
    return options.levels();
  }

  @Override
  public void forecast(WindowBatch windows, ForecastBatch forecasts) {
    List<ZeroTask> tasks = new ArrayList<>();
    for (int i = 0; i < windows.size(); i++) {
      tasks.add(ZeroTask.of(windows, i, forecasts.wanted(), detector, options));
    }
    run(tasks, forecasts.wanted());
    for (int i = 0; i < windows.size(); i++) {
      write(tasks.get(i), windows.offset(i), forecasts, i);
    }
  }

  /** A view of a series that is to be forecast. */
  private record Showing(ZeroTask task, int view) {
    int steps() {
      return task.steps(view);
    }

    ZeroView how() {
      return task.views().get(view);
    }
  }

  /** Block after block, views of as many steps together. */
  private void run(List<ZeroTask> tasks, int horizon) {
    for (int block = 0; block < ZeroTask.blocks(horizon); block++) {
      TreeMap<Integer, List<Showing>> bySteps = new TreeMap<>();
      for (ZeroTask task : tasks) {
        for (int v = 0; v < task.views().size(); v++) {
          bySteps
              .computeIfAbsent(task.steps(v), steps -> new ArrayList<>())
              .add(new Showing(task, v));
        }
      }
      for (List<Showing> alike : bySteps.values()) {
        int[] origins = origins(alike.get(0).steps(), block == 0 ? PAST_ORIGINS : 0);
        for (int at = 0; at < alike.size(); at += SERIES) {
          pass(alike.subList(at, Math.min(alike.size(), at + SERIES)), origins);
        }
      }
      tasks.forEach(ZeroTask::advance);
    }
  }

  /** The last step, and before it those whose forecasts are compared with what followed. */
  private static int[] origins(int steps, int past) {
    int[] origins = new int[Math.min(steps, past + 1)];
    for (int k = 0; k < origins.length; k++) {
      origins[k] = steps - origins.length + k;
    }
    return origins;
  }

  private void pass(List<Showing> series, int[] origins) {
    int steps = series.get(0).steps();
    double[] x = new double[steps * ZeroShape.STEP];
    boolean[] observed = new boolean[x.length];
    batch.begin(series.size(), steps);
    for (int i = 0; i < series.size(); i++) {
      Showing one = series.get(i);
      one.task().context(one.how(), x, observed);
      FeatureWriter.fill(x, observed);
      writer.write(x, observed, one.how().seasons(), batch, i);
    }
    float[] quantiles = network.forward(batch, origins);
    for (int k = 0; k < origins.length; k++) {
      int back = (steps - 1 - origins[k]) * ZeroShape.STEP;
      for (int i = 0; i < series.size(); i++) {
        Showing one = series.get(i);
        int at = (k * series.size() + i) * ZeroShape.BLOCK * LEVELS;
        double[] made = block(quantiles, at, batch.row(origins[k], i), one.how());
        one.task().take(one.view(), back, made);
      }
    }
  }

  /** Nine ascending quantiles of 48 steps, in the units of the task. */
  private double[] block(float[] quantiles, int at, int row, ZeroView view) {
    double[] made = new double[ZeroShape.BLOCK * LEVELS];
    float[] nine = new float[LEVELS];
    for (int h = 0; h < ZeroShape.BLOCK; h++) {
      System.arraycopy(quantiles, at + h * LEVELS, nine, 0, LEVELS);
      Arrays.sort(nine);
      for (int q = 0; q < LEVELS; q++) {
        double z = nine[view.mirrored() ? LEVELS - 1 - q : q];
        made[h * LEVELS + q] = view.sign() * (z * batch.scale(row) + batch.level(row));
      }
    }
    return made;
  }

  private void write(ZeroTask task, double offset, ForecastBatch into, int i) {
    for (int t = 0; t < into.wanted(); t++) {
      int from = t * LEVELS;
      double median = task.quantiles[from + ZeroShape.MEDIAN];
      int at = i * into.horizon() + t;
      into.point()[at] = (float) (task.raw(median) - offset);
      for (int q = 0; q < into.levels(); q++) {
        double z = median + options.spread() * (curve.at(q, task.quantiles, from) - median);
        into.quantiles()[at * into.levels() + q] = (float) (task.raw(z) - offset);
      }
    }
  }

  @Override
  public void close() {
    backend.close();
  }
}

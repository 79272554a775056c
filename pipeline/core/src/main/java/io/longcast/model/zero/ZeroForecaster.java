package io.longcast.model.zero;

import io.longcast.model.ForecastBatch;
import io.longcast.model.Forecaster;
import io.longcast.model.recurrent.Backend;
import io.longcast.model.zero.network.FeatureWriter;
import io.longcast.model.zero.network.ZeroBatch;
import io.longcast.model.zero.network.ZeroNetwork;
import io.longcast.model.zero.network.ZeroShape;
import io.longcast.model.zero.season.SeasonDetector;
import io.longcast.model.zero.season.Seasons;
import io.longcast.window.WindowBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Forecasts with the pretrained network: from the newest 640 values of each window, in blocks of 48
 * steps for any horizon; the medians of a block are the values from which the next is forecast. The
 * mean is taken over seasons that were found and declared, and over the series upside down.
 *
 * <p>The forecast of a window does not depend on the others in its batch.
 */
public final class ZeroForecaster implements Forecaster {
  /** Steps of a window that are of use: more than 640 only help to find seasons. */
  public static final int CONTEXT = 2048;

  private static final int SERIES = 32;
  private static final int MOST_STEPS = ZeroShape.CONTEXT / ZeroShape.STEP;
  private static final int LEVELS = ZeroShape.LEVEL_COUNT;

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
    network = new ZeroNetwork(weights.shape(), SERIES, MOST_STEPS, 1, backend);
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
      tasks.add(ZeroTask.of(windows, i, forecasts.wanted(), detector, options::seasons));
    }
    run(tasks, forecasts.wanted());
    for (int i = 0; i < windows.size(); i++) {
      write(tasks.get(i), windows.offset(i), forecasts, i);
    }
  }

  /** Block after block, series of as many steps together. */
  private void run(List<ZeroTask> tasks, int horizon) {
    for (int block = 0; block < ZeroTask.blocks(horizon); block++) {
      TreeMap<Integer, List<ZeroTask>> bySteps = new TreeMap<>(Comparator.naturalOrder());
      for (ZeroTask task : tasks) {
        bySteps.computeIfAbsent(task.steps(), steps -> new ArrayList<>()).add(task);
      }
      for (List<ZeroTask> alike : bySteps.values()) {
        for (int at = 0; at < alike.size(); at += SERIES) {
          block(alike.subList(at, Math.min(alike.size(), at + SERIES)));
        }
      }
      tasks.forEach(ZeroTask::advance);
    }
  }

  private void block(List<ZeroTask> tasks) {
    List<ZeroTask> declared = tasks.stream().filter(task -> task.seasons().size() > 1).toList();
    for (int pass = 0; pass < (options.mirrored() ? 2 : 1); pass++) {
      double sign = pass == 0 ? 1 : -1;
      pass(tasks, 0, sign);
      if (!declared.isEmpty()) {
        pass(declared, 1, sign);
      }
    }
  }

  private void pass(List<ZeroTask> tasks, int which, double sign) {
    int steps = tasks.get(0).steps();
    double[] x = new double[steps * ZeroShape.STEP];
    boolean[] observed = new boolean[x.length];
    batch.begin(tasks.size(), steps);
    for (int i = 0; i < tasks.size(); i++) {
      tasks.get(i).context(sign, x, observed);
      FeatureWriter.fill(x, observed);
      writer.write(x, observed, tasks.get(i).seasons().get(which), batch, i);
    }
    float[] quantiles = network.forward(batch, new int[] {steps - 1});
    for (int i = 0; i < tasks.size(); i++) {
      add(quantiles, i, batch.row(steps - 1, i), sign, tasks.get(i));
    }
  }

  /** Adds the share of one pass to the mean. */
  private void add(float[] quantiles, int i, int row, double sign, ZeroTask task) {
    double share = 1.0 / task.seasons().size() / (options.mirrored() ? 2 : 1);
    float[] nine = new float[LEVELS];
    for (int h = 0; h < ZeroShape.BLOCK; h++) {
      int from = (i * ZeroShape.BLOCK + h) * LEVELS;
      System.arraycopy(quantiles, from, nine, 0, LEVELS);
      Arrays.sort(nine);
      for (int q = 0; q < LEVELS; q++) {
        float z = nine[sign > 0 ? q : LEVELS - 1 - q];
        double value = sign * ((double) z * batch.scale(row) + batch.level(row));
        task.quantiles[task.at() + h * LEVELS + q] += share * value;
      }
    }
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

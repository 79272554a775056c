package io.longcast.model.network;

import io.longcast.model.ForecastBatch;
import io.longcast.model.ModelSpec;
import io.longcast.model.NetworkInputs;
import io.longcast.model.Trainable;
import io.longcast.model.Trainable.StepSettings;
import io.longcast.window.WindowBatch;
import io.longcast.window.WindowSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Trains on M4 Hourly in one thread, without Spark, and scores by the competition's measures. */
final class HourlyTrial {
  static final int HORIZON = 48;
  static final int SEASON = 24;
  static final int CONTEXT = 14 * SEASON;
  private static final int BATCH = 128;

  private final float[][] train;
  private final float[][] test;

  HourlyTrial(Path folder) {
    train = read(folder.resolve("Hourly-train.csv"));
    test = read(folder.resolve("Hourly-test.csv"));
  }

  /** What a run reached. */
  record Outcome(
      double smape, double mase, double owa, double msis, double coverage, double seconds) {}

  private static float[][] read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      List<float[]> rows = new ArrayList<>();
      for (String line : lines.subList(1, lines.size())) {
        String[] cells = line.replace("\"", "").split(",");
        rows.add(toFloats(Arrays.copyOfRange(cells, 1, cells.length)));
      }
      return rows.toArray(float[][]::new);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static float[] toFloats(String[] cells) {
    float[] row = new float[cells.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = Float.parseFloat(cells[i]);
    }
    return row;
  }

  /** Trains with the last {@code hidden} values of every series out of sight, and scores. */
  Outcome run(ModelSpec spec, int steps, long seed, boolean validation) {
    int hidden = validation ? HORIZON : 0;
    NetworkFactory factory = new NetworkFactory(spec, NetworkInputs.of(CONTEXT, HORIZON));
    long start = cpu();
    float[] parameters;
    try (Trainable network = factory.open()) {
      network.initialize(seed);
      fit(network, steps, seed, hidden);
      parameters = new float[network.parameterCount()];
      network.store(parameters, null);
    }
    double seconds = (cpu() - start) / 1e9;
    try (NetworkForecaster forecaster = factory.forecaster(parameters)) {
      return score(forecaster, hidden, seconds);
    }
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private void fit(Trainable network, int steps, long seed, int hidden) {
    SplittableRandom random = new SplittableRandom(seed);
    WindowBatch batch = batch(BATCH);
    for (int step = 0; step < steps; step++) {
      batch.clear();
      for (int i = 0; i < BATCH; i++) {
        float[] series = train[random.nextInt(train.length)];
        int origins = series.length - hidden - HORIZON + 1 - CONTEXT;
        cut(series, CONTEXT + random.nextInt(Math.max(1, origins)), batch, true);
      }
      double rate = rate(step / (double) steps);
      network.step(batch, new StepSettings(step, rate, random.nextLong()));
    }
  }

  /** Linear warm-up over a twentieth, then a cosine to half a percent of the peak. */
  static double rate(double progress) {
    double warm = .05;
    double cosine = .5 * (1 + Math.cos(Math.PI * (progress - warm) / (1 - warm))) + .005;
    return 2e-3 * (progress < warm ? progress / warm : cosine);
  }

  static WindowBatch batch(int capacity) {
    return new WindowBatch(capacity, new WindowSpec(CONTEXT, HORIZON, 1), 0, 0, 0);
  }

  static void cut(float[] series, int origin, WindowBatch batch, boolean target) {
    int i = batch.add(null, 0, origin, 0);
    System.arraycopy(series, origin - CONTEXT, batch.context(), i * CONTEXT, CONTEXT);
    Arrays.fill(batch.contextObserved(), i * CONTEXT, (i + 1) * CONTEXT, 1);
    if (target) {
      System.arraycopy(series, origin, batch.target(), i * HORIZON, HORIZON);
      Arrays.fill(batch.targetObserved(), i * HORIZON, (i + 1) * HORIZON, 1);
    }
  }

  private Outcome score(NetworkForecaster forecaster, int hidden, double seconds) {
    WindowBatch batch = batch(train.length);
    for (float[] series : train) {
      cut(series, series.length - hidden, batch, false);
    }
    int levels = forecaster.quantileLevels().size();
    ForecastBatch found = new ForecastBatch(train.length, HORIZON, levels);
    forecaster.forecast(batch, found);
    double smape = 0;
    double mase = 0;
    double msis = 0;
    double covered = 0;
    for (int i = 0; i < train.length; i++) {
      double scale = scale(train[i], train[i].length - hidden);
      for (int t = 0; t < HORIZON; t++) {
        double y = hidden > 0 ? train[i][train[i].length - hidden + t] : test[i][t];
        double f = found.point(i, t);
        smape += 200 * Math.abs(y - f) / (Math.abs(y) + Math.abs(f));
        mase += Math.abs(y - f) / scale;
        if (levels > 0) {
          double low = found.quantile(i, t, 0);
          double high = found.quantile(i, t, levels - 1);
          msis += (high - low + 40 * Math.max(0, low - y) + 40 * Math.max(0, y - high)) / scale;
          covered += y >= low && y <= high ? 1 : 0;
        }
      }
    }
    double n = train.length * (double) HORIZON;
    return new Outcome(
        smape / n,
        mase / n,
        (smape / n / 18.383 + mase / n / 2.395) / 2,
        msis / n,
        covered / n,
        seconds);
  }

  private static double scale(float[] x, int length) {
    double sum = 0;
    for (int i = SEASON; i < length; i++) {
      sum += Math.abs(x[i] - x[i - SEASON]);
    }
    return sum / (length - SEASON);
  }

  /** Prints outcomes: folder, steps, seeds, then {@code none}, {@code apart} or {@code shared}. */
  public static void main(String[] arguments) {
    HourlyTrial trial = new HourlyTrial(Path.of(arguments[0]));
    int steps = Integer.parseInt(arguments[1]);
    for (int seed = 0; seed < Integer.parseInt(arguments[2]); seed++) {
      for (int a = 3; a < arguments.length; a++) {
        String quantiles = arguments[a];
        ModelSpec spec =
            Specs.recipe(
                SEASON,
                64,
                quantiles.equals("none") ? List.of() : Specs.LEVELS,
                quantiles.equals("shared"));
        System.out.println(quantiles + " validation " + trial.run(spec, steps, seed, true));
        System.out.println(quantiles + " test       " + trial.run(spec, steps, seed, false));
      }
    }
  }
}

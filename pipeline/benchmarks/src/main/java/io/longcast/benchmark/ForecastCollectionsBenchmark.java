package io.longcast.benchmark;

import io.longcast.benchmark.ForecastCollectionsSpec.Collection;
import io.longcast.model.ForecastBatch;
import io.longcast.model.WindowForecaster;
import io.longcast.model.baseline.Baseline;
import io.longcast.model.baseline.ZeroModel;
import io.longcast.model.zero.ZeroForecaster;
import io.longcast.model.zero.ZeroOptions;
import io.longcast.model.zero.ZeroWeights;
import io.longcast.model.zero.network.ZeroShape;
import io.longcast.window.WindowBatch;
import io.longcast.window.WindowSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Compares the pretrained network and baselines over collections, on one thread. The figures of the
 * model under test are geometric means over the collections; a row for each collection follows.
 */
public final class ForecastCollectionsBenchmark {
  private static final int BATCH = 64;
  private static final List<Double> LEVELS = ZeroShape.LEVELS;

  private final BenchmarkSpec benchmark;
  private final ForecastCollectionsSpec spec;
  private final Path data;
  private final ZeroWeights weights;

  /**
   * @param data folder of the collections
   */
  public ForecastCollectionsBenchmark(BenchmarkSpec benchmark, Path data) {
    this.benchmark = benchmark;
    this.spec = benchmark.forecastCollections().orElseThrow();
    this.data = data;
    weights =
        spec.weights().map(ForecastCollectionsBenchmark::read).orElseGet(ZeroWeights::builtIn);
  }

  private static ZeroWeights read(String file) {
    try {
      return ZeroWeights.fromBytes(Files.readAllBytes(Path.of(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot read the weights (benchmark.forecastCollections.weights)", e);
    }
  }

  /** Forecasts and evaluates all. */
  public BenchmarkReport run() {
    long start = System.nanoTime();
    Map<String, Map<String, Map<String, Double>>> byModel = new LinkedHashMap<>();
    for (Collection collection : spec.of()) {
      List<CollectionWindow> windows = windows(collection);
      for (String model : spec.models()) {
        byModel
            .computeIfAbsent(model, name -> new LinkedHashMap<>())
            .put(collection.name(), figures(collection, windows, model));
      }
    }
    Map<String, Map<String, Double>> others = new LinkedHashMap<>();
    byModel.forEach((model, rows) -> others.put(model, means(rows)));
    Map<String, Double> ours = others.remove(spec.models().get(0));
    spec.models()
        .subList(1, spec.models().size())
        .forEach(
            model ->
                byModel.get(model).forEach((name, row) -> others.put(model + " " + name, row)));
    return new BenchmarkReport(
        benchmark.name(),
        ours,
        byModel.get(spec.models().get(0)),
        others,
        Reports.published(benchmark),
        Map.of(
            "weights",
            spec.weights().orElse(ZeroWeights.BUILT_IN) + " " + weights.id(),
            "models",
            spec.models().toString()),
        Reports.secondsSince(start));
  }

  private List<CollectionWindow> windows(Collection collection) {
    List<CollectionWindow> all =
        new CollectionReader(data, ZeroForecaster.CONTEXT).read(collection);
    if (spec.sample() == 0 || spec.sample() >= all.size()) {
      return all;
    }
    List<CollectionWindow> some = new ArrayList<>();
    for (int i = 0; i < spec.sample(); i++) {
      some.add(all.get((int) ((long) i * (all.size() - 1) / Math.max(1, spec.sample() - 1))));
    }
    return some;
  }

  private Map<String, Double> figures(
      Collection collection, List<CollectionWindow> windows, String model) {
    CollectionScores scores = new CollectionScores(LEVELS);
    long start = System.nanoTime();
    try (WindowForecaster forecaster = forecaster(collection, model)) {
      for (int at = 0; at < windows.size(); at += BATCH) {
        List<CollectionWindow> some = windows.subList(at, Math.min(windows.size(), at + BATCH));
        add(collection.horizon(), some, forecaster, scores);
      }
    }
    return scores.figures(Reports.secondsSince(start) / windows.size());
  }

  private WindowForecaster forecaster(Collection collection, String model) {
    if (!model.equals(ZeroWeights.BUILT_IN)) {
      return Baseline.valueOf(model.toUpperCase(Locale.ROOT).replace('-', '_'))
          .forecaster(collection.season(), LEVELS);
    }
    ZeroOptions usual = ZeroOptions.of(LEVELS, collection.periods());
    ZeroOptions options =
        new ZeroOptions(
            LEVELS,
            usual.declaredFirst(),
            usual.declaredSecond(),
            usual.mirrored(),
            spec.spread().orElse(usual.spread()));
    return new ZeroModel(weights, options).open();
  }

  private static void add(
      int horizon,
      List<CollectionWindow> windows,
      WindowForecaster forecaster,
      CollectionScores scores) {
    WindowBatch batch = batch(horizon, windows);
    ForecastBatch forecasts = new ForecastBatch(windows.size(), horizon, LEVELS.size());
    forecaster.forecast(batch, forecasts);
    for (int i = 0; i < windows.size(); i++) {
      double[] point = new double[horizon];
      double[][] quantiles = new double[horizon][LEVELS.size()];
      for (int h = 0; h < horizon; h++) {
        point[h] = batch.offset(i) + forecasts.point(i, h);
        for (int q = 0; q < LEVELS.size(); q++) {
          quantiles[h][q] = batch.offset(i) + forecasts.quantile(i, h, q);
        }
      }
      scores.add(windows.get(i), point, quantiles);
    }
  }

  /** Missing values hold the last one and count as not observed. */
  private static WindowBatch batch(int horizon, List<CollectionWindow> windows) {
    int length = windows.stream().mapToInt(window -> window.context().length).max().orElse(1);
    WindowBatch batch =
        new WindowBatch(windows.size(), new WindowSpec(length, horizon, 1), 0, 0, 0);
    for (int i = 0; i < windows.size(); i++) {
      double[] context = windows.get(i).context();
      int padding = length - context.length;
      batch.add(null, 0, 0, padding);
      double last = 0;
      for (int t = 0; t < context.length; t++) {
        boolean known = !Double.isNaN(context[t]);
        last = known ? context[t] : last;
        int at = i * length + padding + t;
        batch.context()[at] = (float) last;
        batch.contextObserved()[at] = known ? 1 : 0;
      }
    }
    return batch;
  }

  /** Geometric means of what is relative, arithmetic ones of the rest. */
  private static Map<String, Double> means(Map<String, Map<String, Double>> rows) {
    Map<String, Double> means = new LinkedHashMap<>();
    rows.values()
        .iterator()
        .next()
        .keySet()
        .forEach(
            name -> {
              boolean relative = name.startsWith("relative");
              double mean =
                  rows.values().stream()
                      .mapToDouble(row -> relative ? Math.log(row.get(name)) : row.get(name))
                      .average()
                      .orElse(Double.NaN);
              means.put(name, relative ? Math.exp(mean) : mean);
            });
    return means;
  }
}

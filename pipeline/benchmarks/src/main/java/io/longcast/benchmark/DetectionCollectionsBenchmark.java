package io.longcast.benchmark;

import io.longcast.anomaly.AnomalySpec;
import io.longcast.anomaly.DetectorConfig;
import io.longcast.anomaly.DetectorContext;
import io.longcast.anomaly.LocalDetection;
import io.longcast.anomaly.ScoreCalibration;
import io.longcast.anomaly.baseline.BaselineDetector;
import io.longcast.anomaly.score.RowScore;
import io.longcast.anomaly.score.RowSeries;
import io.longcast.evaluate.UcrScore;
import io.longcast.forecast.IntervalCalibration;
import io.longcast.model.baseline.Baseline;
import io.longcast.series.CalendarSpec;
import io.longcast.series.Frequency;
import io.longcast.series.GridAxis;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.series.SeriesValues;
import io.longcast.window.CutterSpec;
import io.longcast.window.WindowSpec;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The default detector, with the same settings for all collections, beside simple detectors: mean
 * VUS-PR of each collection, and what the default alarm budget makes of it. Nothing is trained;
 * what is usual is found on the learning rows of each collection. Of the sums of component groups
 * the one is reported too that the other collections would choose.
 */
final class DetectionCollectionsBenchmark {
  private static final Logger LOG = LoggerFactory.getLogger(DetectionCollectionsBenchmark.class);
  private static final String UCR = "ucr";
  private static final String OURS = "longcast";
  private static final String SETTLED = "longcast, settled";
  private static final String SUM = "sum of ";
  private static final String FOREST = "random-cut-forest";
  private static final String CHOSEN = "sum chosen on the other collections";
  private static final int SEASON = 24;
  private static final int LAGS = 32;
  private static final List<Double> LEVELS = List.of(.025, .25, .5, .75, .975);

  private final BenchmarkSpec spec;
  private final DetectionCollectionsSpec asked;
  private final AnomalySpec anomaly;
  private final Path data;
  private final long seed;

  /** VUS-PR by detector, then by collection. */
  private final Map<String, Map<String, SeriesFigures>> surfaces = new LinkedHashMap<>();

  private final Map<String, Map<String, Double>> others = new LinkedHashMap<>();

  /**
   * @param data the folder of public data
   */
  DetectionCollectionsBenchmark(BenchmarkSpec spec, AnomalySpec anomaly, Path data, long seed) {
    this.spec = spec;
    this.anomaly = anomaly;
    this.data = data;
    this.seed = seed;
    asked = spec.detectionCollections().orElseThrow();
  }

  BenchmarkReport run() {
    long start = System.nanoTime();
    for (String name : asked.names()) {
      LabelledCollection collection = LabelledCollection.read(name, data).sample(asked.sample());
      score(collection);
      LOG.info(
          "{}: {} series, {} s so far",
          name,
          collection.series().size(),
          Math.round(Reports.secondsSince(start)));
    }
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("collections", asked.toString());
    settings.put("detector", anomaly.detector().toString());
    settings.put("alarm_budget", anomaly.budget().toString());
    settings.put("fixed_on", spec.fixedOn());
    leaveOut(settings);
    return new BenchmarkReport(
        spec.name(),
        row(OURS, surfaces.keySet().stream().filter(this::competes).toList()),
        rows(),
        Reports.published(spec),
        settings,
        Reports.secondsSince(start));
  }

  private void score(LabelledCollection collection) {
    List<Segment> segments = collection.series().stream().map(this::segment).toList();
    DetectorContext plan = plan(collection.channels());
    Map<String, Integer> learning = new LinkedHashMap<>();
    collection.series().forEach(s -> learning.put(s.series().id(), s.series().learningRows()));
    ScoreCalibration scores =
        LocalDetection.calibrate(
            segments,
            plan,
            segment -> learning.get(segment.seriesId()) / 2,
            segment -> learning.get(segment.seriesId()));
    BudgetFigures budget = new BudgetFigures();
    SeriesFigures hits = new SeriesFigures();
    SeriesFigures settledHits = new SeriesFigures();
    Optional<RandomCutForest.Scores> forest = forest(collection);
    for (int i = 0; i < segments.size(); i++) {
      LabelledSeries one = collection.series().get(i);
      double perWeek = collection.rowsPerWeek().get(i);
      DetectorConfig detection = DetectorConfig.of(plan, scores, perWeek, segments.size(), "");
      LocalDetection.Ranking ranks =
          LocalDetection.rank(segments.get(i), detection, one.series().learningRows());
      budget.add(one, ranks.surprisals(), detection.rule(), perWeek);
      Judge judge = new Judge(collection.name(), one);
      judge.add(OURS, ranks.causal());
      judge.add(SETTLED, ranks.settled());
      PatternCombinations.scores(one.series()).forEach((sum, s) -> judge.add(SUM + sum, s));
      baselines(i).forEach((name, detector) -> judge.add(name, detector.apply(one.series())));
      int at = i;
      forest.ifPresent(
          peer -> {
            judge.add(FOREST, peer.scores().get(at));
            judge.add(FOREST + ", thresholded", peer.grades().get(at));
          });
      if (collection.name().equals(UCR)) {
        hits.add(judge.hit(ranks.causal()));
        settledHits.add(judge.hit(ranks.settled()));
      }
    }
    atBudget(collection.name(), budget);
    if (collection.name().equals(UCR)) {
      put("UCR score", UCR, hits.mean());
      put("UCR score, settled", UCR, settledHits.mean());
    }
  }

  /** Evaluates the scores of one series. */
  private final class Judge {
    private final String collection;
    private final LabelledSeries series;
    private final boolean[] flags;

    Judge(String collection, LabelledSeries series) {
      this.collection = collection;
      this.series = series;
      int from = series.series().learningRows();
      flags = Arrays.copyOfRange(series.flags(), from, series.series().length());
    }

    void add(String detector, double[] scores) {
      int from = series.series().learningRows();
      double[] judged = Arrays.copyOfRange(scores, from, scores.length);
      surfaces
          .computeIfAbsent(detector, name -> new LinkedHashMap<>())
          .computeIfAbsent(collection, name -> new SeriesFigures())
          .add(Surfaces.surface(series).precisionRecall(judged, flags).value());
    }

    double hit(double[] scores) {
      int from = series.series().learningRows();
      return UcrScore.isHit(scores, from, series.labels().get(0)) ? 1 : 0;
    }
  }

  private Map<String, Function<RowSeries, double[]>> baselines(int index) {
    Map<String, Function<RowSeries, double[]>> all = new LinkedHashMap<>();
    for (BaselineDetector baseline : BaselineDetector.values()) {
      all.put(
          baseline.word(),
          series -> series.scores(baseline.isJoint() ? joint(baseline, series) : baseline));
    }
    all.put(
        "matrix-profile",
        series -> series.scores((channels, learning) -> new SubsequenceProfile(learning)));
    all.put("isolation-forest", series -> series.scores(isolationForest(series)));
    all.put(
        "random", series -> new SplittableRandom(seed + index).doubles(series.length()).toArray());
    all.put("constant", series -> new double[series.length()]);
    return all;
  }

  private RowScore.Factory isolationForest(RowSeries series) {
    return joint((channels, learning) -> new IsolationForest(learning, seed), series);
  }

  private Optional<RandomCutForest.Scores> forest(LabelledCollection collection) {
    if (!asked.randomCutForest()) {
      return Optional.empty();
    }
    if (!RandomCutForest.isAvailable()) {
      LOG.warn("no row of Random Cut Forest, which needs: {}", RandomCutForest.hint());
      return Optional.empty();
    }
    return Optional.of(RandomCutForest.of(collection.series()));
  }

  /** Of one channel: on its last rows. */
  private static RowScore.Factory joint(RowScore.Factory baseline, RowSeries series) {
    int lags = Math.min(LAGS, Math.max(2, series.learningRows() / 4));
    return series.rows()[0].length > 1
        ? baseline
        : (channels, learning) -> new Lagged(baseline, lags, learning);
  }

  private void atBudget(String collection, BudgetFigures budget) {
    put("alarms on normal rows over budget", collection, budget.realised(anomaly.alarmBudget()));
    put("event recall at the budget", collection, budget.eventRecall());
    put("event precision at the budget", collection, budget.eventPrecision());
    put("event F1 at the budget", collection, budget.eventF1());
    put("point F1 at the budget", collection, budget.pointF1());
    put("false alarm rows at the budget", collection, budget.falseAlarmRows());
    if (collection.equals("kpi") || collection.equals("wsd")) {
      put("F1 within 7 steps, adjusted, at the budget", collection, budget.challengeF1());
    }
    if (collection.equals("nab")) {
      put("NAB standard at the budget", collection, budget.nabStandard());
    }
  }

  private void put(String row, String collection, double figure) {
    others.computeIfAbsent(row, name -> new LinkedHashMap<>()).put(collection, figure);
  }

  /** The sum that is best on the mean of the other collections, scored on the one left out. */
  private void leaveOut(Map<String, String> settings) {
    List<String> sums = surfaces.keySet().stream().filter(each -> each.startsWith(SUM)).toList();
    for (String out : asked.names()) {
      String best = sums.get(0);
      for (String sum : sums) {
        best = withoutCollection(sum, out) > withoutCollection(best, out) ? sum : best;
      }
      if (asked.names().size() > 1) {
        put(CHOSEN, out, surfaces.get(best).get(out).mean());
        settings.put("chosen_without_" + out, best);
      }
    }
  }

  private double withoutCollection(String detector, String out) {
    return asked.names().stream()
        .filter(name -> !name.equals(out))
        .mapToDouble(name -> surfaces.get(detector).get(name).mean())
        .average()
        .orElse(Double.NaN);
  }

  /** Whether a detector takes part in the ranks: neither a variant of ours nor a floor. */
  private boolean competes(String detector) {
    return !detector.equals(SETTLED)
        && (!detector.startsWith(SUM) || detector.equals(SUM + "residual"))
        && !detector.equals("random")
        && !detector.equals("constant");
  }

  private Map<String, Map<String, Double>> rows() {
    List<String> ranked = surfaces.keySet().stream().filter(this::competes).toList();
    Map<String, Map<String, Double>> rows = new LinkedHashMap<>();
    rows.put("  95 % from", interval(true));
    rows.put("  95 % to", interval(false));
    surfaces.keySet().stream()
        .filter(name -> !name.equals(OURS))
        .forEach(name -> rows.put(name, row(name, ranked)));
    rows.putAll(others);
    return rows;
  }

  private Map<String, Double> interval(boolean lower) {
    Map<String, Double> row = new LinkedHashMap<>();
    surfaces
        .get(OURS)
        .forEach(
            (name, figures) -> {
              var interval = figures.interval(asked.resamples(), seed);
              row.put(name, lower ? interval.lower() : interval.upper());
            });
    return row;
  }

  /** Means by collection, their mean and, of detectors that compete, the mean rank. */
  private Map<String, Double> row(String detector, List<String> ranked) {
    Map<String, Double> row = new LinkedHashMap<>();
    asked.names().forEach(name -> row.put(name, surfaces.get(detector).get(name).mean()));
    row.put("mean", row.values().stream().mapToDouble(v -> v).average().orElse(Double.NaN));
    if (ranked.contains(detector)) {
      row.put(
          "rank",
          asked.names().stream()
              .mapToDouble(name -> rank(detector, name, ranked))
              .average()
              .orElse(Double.NaN));
    }
    return row;
  }

  private double rank(String detector, String collection, List<String> ranked) {
    double own = surfaces.get(detector).get(collection).mean();
    long better =
        ranked.stream().filter(other -> surfaces.get(other).get(collection).mean() > own).count();
    return 1.0 + better;
  }

  private Segment segment(LabelledSeries labelled) {
    double[][] rows = labelled.series().rows();
    SeriesValues[] values = new SeriesValues[rows[0].length];
    Arrays.setAll(
        values, c -> SeriesValues.of(Arrays.stream(rows).mapToDouble(row -> row[c]).toArray()));
    GridAxis axis =
        new GridAxis(Instant.EPOCH, new Frequency(1, Frequency.Unit.MINUTE), ZoneOffset.UTC);
    return Segment.whole(labelled.series().id(), axis, rows.length, values, null, new int[0]);
  }

  private DetectorContext plan(int channels) {
    List<String> names = new ArrayList<>();
    IntStream.range(0, channels).forEach(c -> names.add("channel" + c));
    return new DetectorContext(
        new CutterSpec(
            new WindowSpec(2 * SEASON, SEASON, 1),
            SeriesLayout.of(names.toArray(String[]::new)),
            CalendarSpec.NONE,
            false),
        () -> Baseline.SEASONAL_NAIVE.forecaster(SEASON, LEVELS),
        IntervalCalibration.none(LEVELS),
        SEASON,
        anomaly);
  }
}

package io.longcast.benchmark;

import io.longcast.anomaly.baseline.BaselineDetector;
import io.longcast.anomaly.residual.ForecastedScore;
import io.longcast.anomaly.score.CompositeScore;
import io.longcast.anomaly.score.DetectorSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Runs a detection protocol: a detector at its frozen threshold, then each part alone and each
 * baseline, at the threshold that does best on the same labels (an oracle, in their favour) and at
 * thresholds chosen by cross-validation over series.
 */
public final class DetectionBenchmark {
  private static final int FOLDS = 5;

  private final BenchmarkSpec spec;
  private final DetectionProtocol protocol;
  private ComponentTable candidates;

  /**
   * Reads the data.
   *
   * @param spec a detection benchmark
   * @param data the collection's folder
   */
  public DetectionBenchmark(BenchmarkSpec spec, Path data) {
    this.spec = spec;
    if (spec.nab().isPresent()) {
      protocol = new NabProtocol(spec.nab().get(), data);
    } else if (spec.telemetry().isPresent()) {
      protocol = new TelemetryProtocol(spec.telemetry().get(), data);
    } else if (spec.pointwise().isPresent()) {
      protocol = new PointwiseProtocol(spec.pointwise().get(), data);
    } else {
      throw new IllegalArgumentException("not a detection benchmark: " + spec.name());
    }
  }

  /** All series with their labels. */
  public List<LabelledSeries> series() {
    return protocol.series();
  }

  /** One array of scores a series. */
  public List<double[]> scores(Detector detector) {
    List<double[]> scores = new ArrayList<>();
    for (LabelledSeries labelled : protocol.series()) {
      scores.add(detector.scores(labelled.series()));
    }
    return scores;
  }

  /** A detector's figures at a threshold. */
  public Map<String, Double> figures(List<double[]> scores, double threshold) {
    return Reports.row(protocol.metrics(scores, threshold));
  }

  /** The threshold that does best on these very labels. */
  public double oracle(List<double[]> scores) {
    List<Integer> all = IntStream.range(0, scores.size()).boxed().toList();
    return choice(scores).best(all).threshold();
  }

  private ThresholdChoice choice(List<double[]> scores) {
    double[] thresholds = ThresholdChoice.candidates(protocol.series(), scores);
    return new ThresholdChoice(protocol, scores, thresholds);
  }

  /** The detector of the benchmark's own file. */
  public Detector detector() {
    return Detector.of(factory(ownDetector()));
  }

  private DetectorSpec ownDetector() {
    return spec.detector()
        .orElseThrow(
            () -> new IllegalArgumentException("no section benchmark.detector: " + spec.name()));
  }

  private CompositeScore.Factory factory(DetectorSpec detector) {
    return spec.forecaster().isPresent()
        ? new ForecastedScore.Settings(detector, spec.forecaster().get())
        : detector;
  }

  /** The nested cross-validated estimate, where the benchmark's file asks for one. */
  public Optional<NestedCrossValidation> crossValidation(long seed) {
    return spec.crossValidation()
        .map(asked -> new NestedCrossValidation(asked, protocol, candidates(), seed));
  }

  /** The candidates of the cross-validation, or the detector's own parts; scored once. */
  private ComponentTable candidates() {
    if (candidates == null) {
      DetectorSpec own = ownDetector();
      DetectorSpec all =
          spec.crossValidation()
              .map(
                  asked ->
                      new DetectorSpec(
                          asked.parts().stream().map(part -> part.withUnit(1)).toList(),
                          own.halfLife(),
                          own.floor(),
                          own.clip(),
                          asked.drift(),
                          own.scaling(),
                          own.replay()))
              .orElse(own);
      candidates = new ComponentTable(all, factory(all), protocol.series());
    }
    return candidates;
  }

  /** Runs the detector of the benchmark's own file, its parts and the baselines. */
  public BenchmarkReport run(long seed) {
    long start = System.nanoTime();
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("detector", ownDetector().toString());
    spec.forecaster().ifPresent(f -> settings.put("forecaster", f.toString()));
    settings.put("fixed_on", spec.fixedOn());
    List<double[]> scores = scores(detector());
    Map<String, Double> ours = judged(scores, seed, settings);
    Map<String, Map<String, Double>> others = new LinkedHashMap<>();
    compare("longcast", scores, seed, others);
    for (int part = 0; part < candidates().names().size(); part++) {
      compare("part " + candidates().names().get(part), candidates().scores(part), seed, others);
    }
    for (BaselineDetector baseline : BaselineDetector.values()) {
      compare(baseline.word(), scores(baseline(baseline)), seed, others);
    }
    crossValidation(seed).ifPresent(nested -> estimate(nested, ours, settings));
    return new BenchmarkReport(
        spec.name(), ours, others, Reports.published(spec), settings, Reports.secondsSince(start));
  }

  /** Baselines of one channel see the channels that are forecast; inputs are not theirs. */
  private Detector baseline(BaselineDetector baseline) {
    Detector all = Detector.of(baseline);
    return spec.forecaster().isEmpty() || baseline.isJoint()
        ? all
        : series -> all.scores(series.first(spec.forecaster().get().targets()));
  }

  private Map<String, Double> judged(
      List<double[]> scores, long seed, Map<String, String> settings) {
    BenchmarkSpec.ThresholdedBy by =
        spec.thresholdedBy().orElse(BenchmarkSpec.ThresholdedBy.FROZEN);
    settings.put("thresholded_by", by.name().toLowerCase(java.util.Locale.ROOT));
    if (by == BenchmarkSpec.ThresholdedBy.FROZEN) {
      settings.put("threshold", Double.toString(protocol.threshold()));
      return new LinkedHashMap<>(figures(scores, protocol.threshold()));
    }
    double[] chosen = choice(scores).crossValidated(deal(seed));
    settings.put("thresholds", Arrays.stream(chosen).distinct().boxed().toList().toString());
    return new LinkedHashMap<>(figures(ThresholdChoice.inUnits(scores, chosen), 1));
  }

  private FoldDeal deal(long seed) {
    CrossValidationSpec folds =
        spec.crossValidation()
            .orElseGet(
                () ->
                    new CrossValidationSpec(
                        ownDetector().channels(),
                        ownDetector().drift(),
                        1,
                        List.of(0.99),
                        false,
                        FOLDS,
                        1,
                        List.of()));
    return FoldDeal.random(protocol.series(), folds, seed);
  }

  private void compare(
      String name, List<double[]> scores, long seed, Map<String, Map<String, Double>> rows) {
    ThresholdChoice choice = choice(scores);
    List<Integer> all = IntStream.range(0, scores.size()).boxed().toList();
    rows.put(name + " (oracle)", figures(scores, choice.best(all).threshold()));
    double[] chosen = choice.crossValidated(deal(seed));
    rows.put(name + " (cross-validated)", figures(ThresholdChoice.inUnits(scores, chosen), 1));
  }

  private void estimate(
      NestedCrossValidation nested, Map<String, Double> figures, Map<String, String> settings) {
    NestedCrossValidation.Estimate estimate = nested.estimate();
    String name = protocol.figureName() + "_nested_cv";
    figures.put(name, estimate.mean());
    figures.put(name + "_deviation", estimate.deviation());
    figures.put(name + "_least", estimate.least());
    figures.put(protocol.figureName() + "_across_folders", nested.acrossFolders());
    settings.put("nested_cv_choices", estimate.choices().toString());
    settings.put("choice_on_all", nested.described(nested.choiceOnAll()));
  }
}

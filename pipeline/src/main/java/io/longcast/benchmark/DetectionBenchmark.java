package io.longcast.benchmark;

import io.longcast.anomaly.baseline.BaselineDetector;
import io.longcast.anomaly.score.DetectorSpec;
import io.longcast.evaluate.NabProfile;
import io.longcast.evaluate.NabScorer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a detection protocol: a detector at its frozen threshold, then the baselines, each at the
 * threshold that does best on the very labels (an oracle, in their favour).
 */
public final class DetectionBenchmark {
  private final BenchmarkSpec spec;
  private final DetectionProtocol protocol;

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
    return protocol.oracle(scores);
  }

  /** The nested cross-validated estimate of a NAB benchmark, where its file asks for one. */
  public Optional<NestedCrossValidation> crossValidation(long seed) {
    return spec.nab()
        .filter(nab -> nab.crossValidation().isPresent())
        .map(
            nab ->
                new NestedCrossValidation(
                    nab.crossValidation().get(),
                    new NabScorer(NabProfile.STANDARD, nab.silence()),
                    protocol.series(),
                    seed));
  }

  /** Runs the detector of the benchmark's own file. */
  public BenchmarkReport run(long seed) {
    DetectorSpec detector =
        spec.detector()
            .orElseThrow(
                () ->
                    new IllegalArgumentException("no section benchmark.detector: " + spec.name()));
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("detector", detector.toString());
    BenchmarkReport report = run(Detector.of(detector), settings);
    Optional<NestedCrossValidation> crossValidation = crossValidation(seed);
    if (crossValidation.isEmpty()) {
      return report;
    }
    NestedCrossValidation.Estimate estimate = crossValidation.get().estimate();
    return report.with(
        Map.of(
            "nab_standard_nested_cv", estimate.mean(),
            "nab_standard_nested_cv_deviation", estimate.deviation()),
        Map.of("nested_cv_choices", estimate.choices().toString()));
  }

  /**
   * Scores, judges and compares.
   *
   * @param detector the detector under test
   * @param settings how it was set, for the report
   */
  public BenchmarkReport run(Detector detector, Map<String, String> settings) {
    long start = System.nanoTime();
    Map<String, Double> ours = figures(scores(detector), protocol.threshold());
    Map<String, Map<String, Double>> baselines = new LinkedHashMap<>();
    for (BaselineDetector baseline : BaselineDetector.values()) {
      List<double[]> scores = scores(Detector.of(baseline));
      baselines.put(baseline.word() + " (oracle)", figures(scores, oracle(scores)));
    }
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.put("threshold", Double.toString(protocol.threshold()));
    all.put("fixed_on", spec.fixedOn());
    return new BenchmarkReport(
        spec.name(), ours, baselines, Reports.published(spec), all, Reports.secondsSince(start));
  }
}

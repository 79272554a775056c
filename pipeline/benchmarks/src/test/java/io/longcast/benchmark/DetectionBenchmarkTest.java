package io.longcast.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longcast.anomaly.baseline.BaselineDetector;
import io.longcast.evaluate.NabProfile;
import io.longcast.evaluate.NabScorer;
import io.longcast.testing.PublicData;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Published and listed figures of simple detectors, reproduced through the protocols. */
@Tag("once")
class DetectionBenchmarkTest {

  private static DetectionBenchmark benchmark(String name, String folder) {
    return new DetectionBenchmark(BenchmarkFile.protocol(conf(name)), PublicData.folder(folder));
  }

  private static Path conf(String name) {
    return Path.of(System.getProperty("longcast.root"), "conf", "benchmarks", name + ".conf");
  }

  /** Upstream's scores are published with 12 digits: a score of 1 is one above 1 - 5e-13. */
  private static final double PUBLISHED_ONE = 1 - 5e-13;

  @Test
  void reproducesThePublishedWindowedGaussianOfNab() {
    DetectionBenchmark nab = benchmark("nab", "nab");
    List<NabScorer.Scored> files =
        NabProtocol.scored(
            nab.series(), nab.scores(Detector.of(BaselineDetector.WINDOWED_GAUSSIAN)));
    assertThat(NabScorer.of(NabProfile.STANDARD).score(files, PUBLISHED_ONE).value())
        .isCloseTo(36.56, within(0.005));
    assertThat(NabScorer.of(NabProfile.REWARD_LOW_FP).score(files, PUBLISHED_ONE).value())
        .isCloseTo(22.35, within(0.005));
    assertThat(NabScorer.of(NabProfile.REWARD_LOW_FN).score(files, PUBLISHED_ONE).value())
        .isCloseTo(42.23, within(0.005));
  }

  @Test
  void reproducesTheListedFloorOfNab() {
    DetectionBenchmark nab = benchmark("nab", "nab");
    List<NabScorer.Scored> files =
        NabProtocol.scored(nab.series(), nab.scores(Detector.of(BaselineDetector.LAST_VALUE)));
    assertThat(NabScorer.of(NabProfile.STANDARD).score(files, 15).value())
        .isCloseTo(38.5, within(0.1));
  }

  @Test
  void readsEveryFileOfMslAndSkab() {
    DetectionBenchmark msl = benchmark("msl", "smap_msl");
    assertThat(msl.series()).hasSize(27);
    assertThat(msl.series().stream().mapToInt(s -> s.labels().size()).sum()).isEqualTo(36);
    assertThat(msl.series().stream().mapToInt(s -> s.series().learningRows()).sum())
        .isEqualTo(58_317);
    DetectionBenchmark skab = benchmark("skab", "skab");
    assertThat(skab.series()).hasSize(17);
    List<double[]> always = skab.scores(series -> new double[series.length()]);
    Map<String, Double> figures = skab.figures(always, 0);
    assertThat(figures.get("far")).isEqualTo(1);
    assertThat(figures.get("f1")).isBetween(0.6, 0.75);
    Map<String, Double> hotelling =
        skab.figures(skab.scores(Detector.of(BaselineDetector.HOTELLING)), 1);
    assertThat(hotelling.get("f1")).isCloseTo(0.732, within(0.01));
  }

  @Test
  @Tag("long")
  void keepsTheFiguresOfTheFrozenDetectors() {
    Map<String, Double> skab = frozen("skab", "skab");
    assertThat(skab.get("f1")).isGreaterThan(0.80);
    assertThat(skab.get("far")).isLessThan(0.15);
    Map<String, Double> nab = frozen("nab", "nab");
    assertThat(nab.get("nab_standard")).isGreaterThan(70);
    assertThat(nab).containsKeys("nab_reward_low_fp", "nab_reward_low_fn", "event_recall");
  }

  private static Map<String, Double> frozen(String name, String folder) {
    BenchmarkSpec spec = BenchmarkFile.protocol(conf(name));
    double threshold =
        spec.nab()
            .map(NabSpec::threshold)
            .or(() -> spec.telemetry().map(TelemetrySpec::threshold))
            .orElseGet(() -> spec.pointwise().orElseThrow().threshold());
    DetectionBenchmark benchmark = benchmark(name, folder);
    return benchmark.figures(benchmark.scores(benchmark.detector()), threshold);
  }

  @Test
  @Tag("long")
  void findsTelemetrySequencesBetterThanTheLastValue() {
    Map<String, Double> msl = frozen("msl", "smap_msl");
    assertThat(msl.get("f1")).isGreaterThan(0.747);
    assertThat(msl.get("far")).isLessThan(0.15);
  }

  @Test
  @Tag("long")
  void estimatesTheChoiceOnFilesItHasNotSeen() {
    DetectionBenchmark skab = benchmark("skab", "skab");
    assertThat(skab.crossValidation(1).orElseThrow().estimate().mean()).isGreaterThan(0.7);
  }
}

package io.longcast.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.anomaly.AnomalySpec;
import io.longcast.config.RunFile;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectionCollectionsBenchmarkTest {
  private static final int SERIES = 4;
  private static final int ROWS = 3000;
  private static final int TRAIN = 1200;
  private static final int ANOMALY = 2000;
  private static final int PERIOD = 50;

  @TempDir Path data;

  /** Waves of which one beat is turned over. */
  private void writeUcr() throws IOException {
    Path folder = Files.createDirectories(data.resolve("ucr/data"));
    StringBuilder index =
        new StringBuilder("series,recording,train_rows,rows,anomaly_begin,anomaly_end\n");
    for (int i = 0; i < SERIES; i++) {
      index.append("s%d,made,%d,%d,%d,%d%n".formatted(i, TRAIN, ROWS, ANOMALY, ANOMALY + PERIOD));
      SplittableRandom random = new SplittableRandom(i);
      try (Writer file = zipped(folder.resolve("s" + i + ".csv.gz"))) {
        file.write("value\n");
        for (int t = 0; t < ROWS; t++) {
          double phase = 2 * Math.PI * t / PERIOD;
          double wave = Math.sin(phase) + .6 * Math.cos(3 * phase);
          boolean isOdd = t >= ANOMALY && t < ANOMALY + PERIOD;
          file.write((isOdd ? -wave : wave) + .05 * random.nextGaussian() + "\n");
        }
      }
    }
    Files.writeString(data.resolve("ucr/series.csv"), index);
  }

  private static Writer zipped(Path path) throws IOException {
    return new OutputStreamWriter(
        new GZIPOutputStream(Files.newOutputStream(path)), StandardCharsets.UTF_8);
  }

  private BenchmarkReport run(String... overrides) {
    Path conf = Path.of(System.getProperty("longcast.root"), "conf/benchmarks/detection.conf");
    AnomalySpec anomaly = RunFile.read(Optional.empty(), List.of()).spec().anomaly();
    return new DetectionCollectionsBenchmark(
            BenchmarkFile.protocol(conf, List.of(overrides)), anomaly, data, 1)
        .run();
  }

  @Test
  void scoresTheDefaultDetectorBesideSimpleOnes() throws IOException {
    writeUcr();
    BenchmarkReport report =
        run(
            "benchmark.detectionCollections.names=[ucr]",
            "benchmark.detectionCollections.resamples=50");
    Map<String, Map<String, Double>> rows = report.baselines();
    double ours = report.metrics().get("ucr");
    assertThat(ours).isGreaterThan(.3).isGreaterThan(3 * rows.get("random").get("ucr"));
    assertThat(rows.get("longcast, settled").get("ucr")).isGreaterThan(ours);
    assertThat(rows.get("constant").get("ucr")).isLessThan(.1);
    assertThat(rows.get("UCR score").get("ucr")).isEqualTo(1);
    assertThat(rows.get("UCR score, settled").get("ucr")).isEqualTo(1);
    assertThat(rows.get("  95 % from").get("ucr")).isLessThanOrEqualTo(ours);
    assertThat(rows.get("  95 % to").get("ucr")).isGreaterThanOrEqualTo(ours);
    assertThat(report.metrics().get("rank")).isBetween(1.0, 10.0);
    assertThat(rows.get("event recall at the budget").get("ucr")).isBetween(0.0, 1.0);
    assertThat(rows.keySet())
        .contains("sum of residual + shape + texture", "matrix-profile", "last-value");
    assertThat(report.table()).contains("alarms on normal rows over budget");
  }

  @Test
  void takesSomeSeriesOfEachCollection() throws IOException {
    writeUcr();
    assertThat(LabelledCollection.read("ucr", data).sample(2).series())
        .extracting(each -> each.series().id())
        .containsExactly("s0", "s2");
  }

  @Test
  void refusesAnUnknownCollection() {
    assertThatThrownBy(() -> run("benchmark.detectionCollections.names=[ucr2]"))
        .hasMessageContaining("ucr, kpi, wsd, nab, msl, skab")
        .hasMessageContaining("benchmark.detectionCollections.names");
  }
}

package io.longcast.logs.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.benchmark.BenchmarkFile;
import io.longcast.benchmark.BenchmarkReport;
import io.longcast.benchmark.SessionBenchmark;
import io.longcast.logs.SequenceSpec;
import io.longcast.logs.language.KeyModelSpec.Input;
import io.longcast.model.recurrent.CellKind;
import io.longcast.testing.PublicData;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HDFS sessions with all, 500 and 50 normal ones, the language model trained in this process. */
@Tag("long")
class HdfsLanguageModelTest {
  private static final Logger LOG = LoggerFactory.getLogger(HdfsLanguageModelTest.class);
  private static final KeyModelSpec MODEL =
      new KeyModelSpec(
          CellKind.LSTM, 1, 48, Input.EMBEDDING, 16, true, 64, 1, KeyModels.updater(1));

  @Test
  void isBetterThanTheSimpleChecksAtEverySize() {
    Path conf = Path.of(System.getProperty("longcast.root")).resolve("conf/benchmarks/hdfs.conf");
    BenchmarkReport report =
        new SessionBenchmark(
                BenchmarkFile.protocol(conf),
                PublicData.folder("hdfs"),
                new SequenceSpec(0.001, 2, 10, 5, 100_000),
                KeyTraining.with(MODEL, new KeyTrainingSpec(900, 64, 5e-3, 1)))
            .run(Map.of());
    LOG.info("\n{}", report.table());
    for (String size : new String[] {"", "50 sessions: ", "500 sessions: "}) {
      double ours =
          size.isEmpty() ? report.metrics().get("f1_star") : f1(report, size + "longcast");
      for (String simple : new String[] {"unseen key + length", "2-gram + length"}) {
        assertThat(ours).as(size + simple).isGreaterThan(f1(report, size + simple));
      }
    }
    assertThat(f1(report, "language model")).isGreaterThan(0.9);
    assertThat(report.metrics().get("true_positives")).isGreaterThanOrEqualTo(8400);
    assertThat(report.metrics().get("false_positives")).isLessThanOrEqualTo(8);
  }

  private static double f1(BenchmarkReport report, String row) {
    return report.baselines().get(row).get("f1_star");
  }
}

package io.longcast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.testing.MavenSpark;
import io.longcast.testing.ReportFrame;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("long")
class AveragingBenchIT {

  /** Sizes: {@code -Dlongcast.bench.averaging="120 20 10 3 30"} measures in earnest. */
  private static final String SIZES = System.getProperty("longcast.bench.averaging", "8 2 2 1 6");

  @Test
  void measuresAllContendersOnTwoExecutors(@TempDir Path folder) throws IOException {
    try (MavenSpark spark = MavenSpark.layOut(folder.resolve("spark"))) {
      List<String> arguments = List.of(("local-cluster[2,1,1024] " + SIZES).split(" "));

      // Sixteen shards of two million parameters.
      Process driver = spark.startDriver(AveragingBenchRun.class, List.of("-Xmx2g"), arguments);
      String output = spark.output(driver, Duration.ofMinutes(10));

      System.out.println(output);
      assertThat(output)
          .contains("ours ", "dl4j ", "one_executor ", "bare_steps ")
          .containsPattern(" 8 shards x   70000 parameters: +\\d+\\.\\d ms beyond compute");
      String figures = output.lines().filter(line -> line.startsWith("figures ")).findAny().get();
      assertThat(ReportFrame.require(figures.substring(8)).get("metrics").fieldNames())
          .toIterable()
          .contains("times_faster_than_dl4j", "cost_per_megabyte_ms");
    }
  }
}

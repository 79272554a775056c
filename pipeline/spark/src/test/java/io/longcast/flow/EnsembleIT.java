package io.longcast.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.pipeline.StageClock;
import io.longcast.report.Progress;
import io.longcast.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members trained side by side, in one bundle that forecasts. */
@Tag("long")
class EnsembleIT {
  @TempDir Path folder;

  @Test
  void trainsItsMembersApartAndServesThemAsOneModel() throws IOException {
    SparkSession spark = SharedSession.get();
    DemoFlow.Outcome one =
        DemoFlow.run(spark, run("one", 1, false), false, new StageClock(Progress.SILENT));
    DemoFlow.Outcome two =
        DemoFlow.run(spark, run("two", 2, false), false, new StageClock(Progress.SILENT));
    float[] alone = one.training().training().parameters();
    float[] both = two.training().training().parameters();
    assertThat(both).hasSize(2 * alone.length).startsWith(alone);
    assertThat(Arrays.copyOfRange(both, alone.length, both.length)).isNotEqualTo(alone);
    assertThat(two.forecasts()).isEqualTo(one.forecasts()).isPositive();

    DemoFlow.Outcome cuts =
        DemoFlow.run(spark, run("cuts", 2, true), false, new StageClock(Progress.SILENT));
    float[] cut = cuts.training().training().parameters();
    assertThat(cut).hasSameSizeAs(both);
    assertThat(Arrays.copyOf(cut, alone.length)).as("leaves a block out").isNotEqualTo(alone);
    assertThat(cuts.forecasts()).isEqualTo(one.forecasts());

    assertThat(files("one")).contains("network.zip").doesNotContain("network-2.zip");
    assertThat(files("two")).contains("network.zip", "network-2.zip");
  }

  private List<String> files(String output) throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve(output).resolve("models"))) {
      return all.map(file -> file.getFileName().toString()).toList();
    }
  }

  private RunSpec run(String output, int members, boolean cuts) {
    Path file = Path.of(System.getProperty("longcast.root")).resolve("conf/sensors.conf");
    List<String> words =
        List.of(
            "output.path=" + folder.resolve(output),
            "generate.series=4",
            "generate.steps=600",
            "training.steps=10",
            "training.shards=1",
            "training.refit=false",
            "training.members=" + members,
            "training.memberHoldout=" + cuts,
            "anomaly.stride=24");
    return RunFile.read(Optional.of(file), words).spec();
  }
}

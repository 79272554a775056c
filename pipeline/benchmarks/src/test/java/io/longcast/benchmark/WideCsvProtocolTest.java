package io.longcast.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.model.baseline.Baseline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WideCsvProtocolTest {
  @TempDir Path folder;

  @BeforeEach
  void writesSeriesOfUnequalLength() throws IOException {
    Files.writeString(
        folder.resolve("train.csv"),
        "V1,V2,V3,V4,V5,V6,V7\n\"A\",\"1\",\"2\",\"4\",\"3\",\"5\",\"\"\nB,7,6,8,,,\n");
    Files.writeString(folder.resolve("test.csv"), "V1,V2,V3\n\"A\",\"6\",\"7\"\nB,9,9\n");
  }

  private ForecastBenchmark benchmark(Optional<Double> reference, boolean validation) {
    WideCsvSpec wide =
        new WideCsvSpec(
            "train.csv",
            "test.csv",
            2,
            1,
            reference,
            reference,
            new BaselinesSpec(List.of(Baseline.NAIVE, Baseline.NAIVE2), 10));
    BenchmarkSpec spec =
        new BenchmarkSpec(
            "small",
            "none",
            Optional.of(wide),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            "nothing");
    return new ForecastBenchmark(spec, folder, 1, validation);
  }

  @Test
  void leavesOutTheCellsThatFillUpAShortRow() {
    List<ForecastTask> tasks = benchmark(Optional.empty(), false).tasks();
    assertThat(tasks.get(0).segments())
        .extracting(io.longcast.series.Segment::length)
        .containsExactly(5, 3);
  }

  @Test
  void dividesByItsOwnNaive2WhereNoReferenceIsPublished() {
    ForecastBenchmark own = benchmark(Optional.empty(), false);
    assertThat(own.baseline(Baseline.NAIVE2).get("owa")).isEqualTo(1);
    assertThat(benchmark(Optional.of(1000.0), false).baseline(Baseline.NAIVE2).get("owa"))
        .isLessThan(.1);
  }

  @Test
  void judgesTheEndOfTheTrainingRowsWithoutReadingTheTestFile() throws IOException {
    Files.delete(folder.resolve("test.csv"));
    ForecastBenchmark validation = benchmark(Optional.empty(), true);
    assertThat(validation.tasks().get(0).segments())
        .extracting(io.longcast.series.Segment::length)
        .containsExactly(3, 1);
    assertThat(validation.baseline(Baseline.NAIVE).get("mae")).isEqualTo(1);
    assertThatThrownBy(() -> benchmark(Optional.empty(), false)).hasMessageContaining("test.csv");
  }
}

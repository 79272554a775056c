package io.longcast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.testing.SharedSession;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("long")
class FleetBenchIT {
  private static List<String> lines(int series, int points) {
    RunSpec run = RunFile.read(Optional.empty(), List.of("anomaly.stride=24")).spec();
    FleetBenchSpec bench = new FleetBenchSpec(series, points, true);
    return new FleetBench(SharedSession.get(), bench, run.anomaly(), run.clean()).run().lines();
  }

  private static void isTheSameAfterARestart(List<String> lines) {
    assertThat(lines).hasSize(3);
    assertThat(lines.get(2)).contains(": the same (").doesNotContain("(0 events");
  }

  @Test
  void aRestartInTheMiddleGivesTheSameScores() {
    isTheSameAfterARestart(lines(20, 2000));
  }

  @Test
  @Tag("long")
  void tenMillionPoints() {
    List<String> lines = lines(1000, 10_000);
    System.out.println(String.join("\n", lines));
    isTheSameAfterARestart(lines);
  }
}

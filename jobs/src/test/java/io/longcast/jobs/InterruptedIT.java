package io.longcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A signal in the middle of a training: one line, no stack, nothing left half-way. */
@Tag("long")
class InterruptedIT {
  private static final Duration DEADLINE = Duration.ofMinutes(3);
  private static final int SIGTERM = 15;
  private static final int SIGINT = 2;

  @TempDir Path folder;

  @Test
  void sigtermIsOneLineAndNothingIsHalfWritten() throws Exception {
    requireOneLine(SIGTERM);
  }

  @Test
  void sigintIsTheSame() throws Exception {
    requireOneLine(SIGINT);
  }

  private void requireOneLine(int signal) throws Exception {
    writeInput();
    LongcastProcess train =
        new LongcastProcess.Setup(
                folder.resolve("tmp"),
                folder.resolve("said"),
                List.of("-XX:TieredStopAtLevel=1"),
                Map.of())
            .start(words());
    awaitTraining(train);
    // A process that was started in the background of a shell may be deaf to SIGINT, as its parent
    // is.
    assumeFalse(isIgnored(train, signal), "the parent of this build ignores the signal " + signal);
    send(train, signal);
    assertThat(train.endsWithin(DEADLINE)).as(train.said()).isTrue();

    assertThat(train.process().exitValue()).as(train.said()).isEqualTo(128 + signal);
    assertThat(train.said().lines().filter(line -> line.startsWith("error: ")))
        .as(train.said())
        .containsExactly(
            "error: the run was interrupted; tables are as they were before or whole, and the same"
                + " command goes on");
    assertThat(train.said()).doesNotContain("\tat ").doesNotContain("Exception");
    assertThat(halfWritten()).isEmpty();
    try (Stream<Path> left = Files.list(folder.resolve("tmp"))) {
      assertThat(left.filter(path -> path.getFileName().toString().startsWith("longcast-")))
          .isEmpty();
    }
  }

  private List<String> halfWritten() throws IOException {
    try (Stream<Path> all = Files.walk(Files.createDirectories(folder.resolve("out")))) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> name.matches("\\..*\\.(staging|trash|journal).*"))
          .toList();
    }
  }

  /** Until rounds begin, which these settings leave hours to do. */
  private static void awaitTraining(LongcastProcess train) throws Exception {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (!train.said().contains("RoundEngine: rounds: ")) {
      assertThat(System.nanoTime()).as(train.said()).isLessThan(end);
      assertThat(train.process().waitFor(100, TimeUnit.MILLISECONDS)).as(train.said()).isFalse();
    }
  }

  private static boolean isIgnored(LongcastProcess train, int signal) throws IOException {
    Path status = Path.of("/proc/" + train.process().pid() + "/status");
    String mask =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .findFirst()
            .orElseThrow();
    long ignored = Long.parseUnsignedLong(mask.substring("SigIgn:".length()).strip(), 16);
    return (ignored >> (signal - 1) & 1) == 1;
  }

  private static void send(LongcastProcess train, int signal) throws Exception {
    String pid = Long.toString(train.process().pid());
    assertThat(new ProcessBuilder("kill", "-" + signal, pid).start().waitFor()).isZero();
  }

  private List<String> words() {
    return List.of(
        "train",
        "name=pumps",
        "source.format=csv",
        "source.paths=[\"" + folder.resolve("input") + "\"]",
        "window.contextLength=48",
        "window.horizon=24",
        "training.steps=1000000",
        "training.shards=2",
        "training.averagingFrequency=1",
        "model.hiddenSize=8",
        "--output",
        folder.resolve("out").toString(),
        "--master",
        "local[2]");
  }

  private void writeInput() throws IOException {
    List<String> lines = new ArrayList<>(List.of("series_id,timestamp,value"));
    for (int series = 0; series < 2; series++) {
      for (int hour = 0; hour < 14 * 24; hour++) {
        double value = 20 + series + 8 * Math.sin(Math.PI * hour / 12);
        lines.add(
            String.format(
                Locale.ROOT,
                "pump-%d,2024-03-%02dT%02d:00:00Z,%.2f",
                series,
                1 + hour / 24,
                hour % 24,
                value));
      }
    }
    Files.write(Files.createDirectories(folder.resolve("input")).resolve("rows.csv"), lines);
  }
}

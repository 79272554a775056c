package io.longcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code longcast init} on logs, and training by what it wrote. */
@Tag("long")
class LogInitIT {
  @TempDir Path folder;

  @Test
  void trainsOnAGeneratedLogAndFindsItsSessions() {
    Path out = folder.resolve("sample");
    CliResult sample =
        CliResult.by(
            List.of(
                "generate",
                SparkHome.ROOT.resolve("conf/logs.conf").toString(),
                "--output",
                out.toString(),
                "--master",
                "local[2]",
                "logs.generate.devices=20"));
    assertThat(sample.code()).as(sample.err()).isZero();
    String said = initAndTrain(out.resolve("log"), "--log");
    assertThat(said).contains("sessions: 480", "next: longcast train");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Apache",
        "BGL",
        "HDFS",
        "HealthApp",
        "Linux",
        "OpenStack",
        "Proxifier",
        "Zookeeper"
      })
  void trainsOnPublicLogs(String system) {
    String data = System.getProperty("longcast.data", "../shared/data");
    Path log = Path.of(data, "loghub_2k", system, system + "_2k.log");
    Assumptions.assumeTrue(Files.exists(log), () -> "no public data at " + log);
    initAndTrain(log);
  }

  /** Later sessions are judged, not learned from. */
  @Test
  void learnsFromTheEarlierOfManySessions() throws IOException {
    Path log = Files.writeString(folder.resolve("jobs.log"), jobs(700, 650));
    assertThat(initAndTrain(log, "--log")).contains("sessions: 700");
    assertThat(text(folder.resolve("log.conf"))).contains("logs.trainBefore = \"2024-01-01T08:");
  }

  /** A job a minute, of which one ends by another message. */
  private static String jobs(int count, int failed) {
    StringBuilder text = new StringBuilder();
    LocalDateTime start = LocalDateTime.of(2024, 1, 1, 0, 0);
    for (int job = 0; job < count; job++) {
      List<String> messages =
          List.of("accepted", "started", job == failed ? "gave up on disk 3" : "finished");
      for (int line = 0; line < messages.size(); line++) {
        LocalDateTime time = start.plusMinutes(job).plusSeconds(5L * line + 1);
        text.append("%s INFO [job-%04d] %s%n".formatted(time, job, messages.get(line)));
      }
    }
    return text.toString();
  }

  /** Returns what init said. */
  private String initAndTrain(Path log, String... more) {
    Path runFile = folder.resolve("log.conf");
    List<String> words =
        new ArrayList<>(
            List.of(
                "init",
                log.toString(),
                "--run-file",
                runFile.toString(),
                "--output",
                folder.resolve("out").toString(),
                "--master",
                "local[2]"));
    words.addAll(List.of(more));
    CliResult init = CliResult.by(words);
    assertThat(init.code()).as(init.err()).isZero();
    CliResult train =
        CliResult.by(
            List.of("train", runFile.toString(), "--master", "local[2]", "training.steps=10"));
    assertThat(train.code()).as(text(runFile) + train.err()).isIn(0, ExitCode.GATE_MISSED);
    return init.out();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }
}

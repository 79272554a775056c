package io.longcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every run file of {@code conf/} reads its own sample wherever {@code --output} puts it. */
@Tag("long")
class ConfFilesIT {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "sensors, anomalies",
    "energy, anomalies",
    "stocks, anomalies",
    "weather, anomalies",
    "patients, anomalies",
    "network, anomalies",
    "attacks, classes",
    "faults, classes",
    "rhythm, classes",
    "logs, log_anomalies"
  })
  void runsInOrderWithOneOutput(String name, String table) {
    List<String> commands = new ArrayList<>(List.of("generate", "train"));
    if (!table.equals("log_anomalies")) {
      commands.add("forecast");
    }
    if (!table.equals("classes")) {
      commands.add("detect");
    }
    for (String command : commands) {
      CliResult done = CliResult.by(words(command, name));
      assertThat(done.code()).as(command + ": " + done.err()).isZero();
    }
    assertThat(folder.resolve(table)).isNotEmptyDirectory();
    assertThat(Files.exists(folder.resolve("report-" + name + ".html"))).isTrue();
  }

  private List<String> words(String command, String name) {
    List<String> words =
        new ArrayList<>(
            List.of(
                command,
                SparkHome.ROOT.resolve("conf/" + name + ".conf").toString(),
                "--output",
                folder.toString(),
                "--master",
                "local[2]",
                "training.steps=10",
                "backtest.gate=off"));
    if (name.equals("logs")) {
      words.add("logs.generate.devices=20");
    } else {
      words.add("generate.series=6");
    }
    return words;
  }
}

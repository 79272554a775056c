package io.longcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongcastTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "generate",
        "train",
        "forecast",
        "detect",
        "init",
        "report",
        "show",
        "sample",
        "backtest",
        "benchmark",
        "bench",
        "models",
        "evaluate",
        "vacuum",
        "notebook"
      })
  void explainsEveryCommand(String command) {
    assertThat(run("help", command)).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("Usage: longcast " + command);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bench averaging",
        "bench kernels",
        "bench anomaly",
        "bench budget",
        "bench contamination",
        "bench fleet",
        "bench chunks",
        "bench forecast",
        "models list",
        "models show",
        "models promote",
        "models prune",
        "models export"
      })
  void explainsEveryPartOfACommand(String words) {
    assertThat(run((words + " --help").split(" "))).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("Usage: longcast " + words, "--json", "--output", "--master", "--seed");
  }

  @Test
  void saysWhichPartsACommandHas() {
    assertThat(run("bench")).isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains("averaging, kernels, anomaly, budget");
    assertThat(run("models")).isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains("list, show, compare, promote, prune or export");
  }

  @Test
  void takesAnUnknownOptionForBadUsage() {
    assertThat(run("train", "--horizn", "3")).isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains("--horizn");
  }

  @Test
  void takesATypoInTheSettingsForBadUsageWithoutAStack() {
    assertThat(run("train", "window.horizn=3")).isEqualTo(ExitCode.USAGE);
    assertThat(err())
        .contains("command line: unknown key window.horizn; did you mean \"horizon\"?")
        .doesNotContain("\tat ");
  }

  @Test
  void takesAMissingRunFileForBadUsage() {
    assertThat(run("train", "conf/nowhere.conf")).isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains("conf/nowhere.conf: no such run file");
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private int run(String... words) {
    PrintStream formerErr = System.err;
    PrintStream formerOut = System.out;
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      return Longcast.run(words);
    } finally {
      System.setErr(formerErr);
      System.setOut(formerOut);
    }
  }
}

package io.longcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands one after another, as a user types them: what they say and what they end with. */
@Tag("long")
class JourneyIT {
  private static final List<String> SMALL =
      List.of(
          SparkHome.ROOT.resolve("conf/energy.conf").toString(),
          "generate.series=4",
          "generate.steps=800",
          "generate.dirty=0.02",
          "window.contextLength=96",
          "window.horizon=24",
          "training.shards=2",
          "training.refit=false",
          "backtest.gate=refuse");

  @TempDir Path folder;

  @Test
  void goesFromASampleToAModelAndItsForecasts() throws IOException {
    goesFromASampleToForecasts();
  }

  /** Returns the id of the promoted model. */
  private String goesFromASampleToForecasts() throws IOException {
    Path json = folder.resolve("figures.json");
    CliResult sample = longcast("generate");
    assertThat(sample.code()).as(sample.err()).isZero();
    assertThat(sample.out())
        .as("the run file reads its own sample")
        .contains("observations: " + folder.resolve("observations"))
        .doesNotContain("to read them");
    CliResult nothing = longcast("forecast", "--resume");
    assertThat(nothing.code()).as(nothing.err()).isEqualTo(ExitCode.USAGE);
    assertThat(nothing.err())
        .contains("--resume has no effect: forecast writes no checkpoints", "error: ")
        .doesNotContain("\tat ");

    CliResult bad =
        longcast("train", "training.steps=1", "report.automatic=false", "--json", json.toString());
    assertThat(bad.code()).as(bad.err()).isEqualTo(ExitCode.GATE_MISSED);
    assertThat(bad.out())
        .contains("rows read ", "seasonal-naive", "not promoted: it does not beat")
        .doesNotContain("report: ");
    assertThat(bad.err()).as("no progress away from a terminal").doesNotContain("\r");
    JsonNode figures = new ObjectMapper().readTree(json.toFile());
    assertThat(figures.at("/metrics/mase").asDouble()).isPositive();
    assertThat(figures.at("/baselines/seasonal-naive/mase").asDouble()).isPositive();
    String id = figures.get("model_id").asText();
    assertThat(longcast("models", "list").out())
        .contains(id, "MASE ", "best baseline ", "gate failed", "promoted: none");

    assertThat(longcast("models", "promote", id).code()).isZero();
    CliResult forecast = longcast("forecast");
    assertThat(forecast.code()).as(forecast.err()).isZero();
    assertThat(folder.resolve("forecasts")).isNotEmptyDirectory();
    CliResult shown = longcast("show", "forecasts", "--json-lines", "--limit", "3");
    assertThat(shown.code()).as(shown.err()).isZero();
    assertThat(shown.out().lines()).hasSize(3);
    String series =
        new ObjectMapper()
            .readTree(shown.out().lines().findFirst().orElseThrow())
            .get("series_id")
            .asText();
    assertThat(longcast("show", "forecasts", "--series", series, "--csv").out().lines())
        .hasSize(21)
        .first()
        .asString()
        .startsWith("series_id,");
    assertThat(longcast("show", "series_status").out()).contains("series_id", series);
    assertThat(longcast("show", "nothing").err()).contains("no table is written in");

    assertThat(forecast.out())
        .contains("80 % of the last", "▁", "status of their forecast: ok ")
        .as("seconds are for --verbose")
        .doesNotContain("seconds");
    return id;
  }

  @Test
  void detectsReportsAndSaysWhatStandsInTheWay() throws IOException {
    String id = goesFromASampleToForecasts();
    Path json = folder.resolve("figures.json");
    CliResult again =
        longcast(
            "train",
            "training.steps=1",
            "report.automatic=false",
            "--seed",
            "7",
            "--json",
            json.toString());
    assertThat(again.code()).as(again.err()).isEqualTo(ExitCode.GATE_MISSED);
    assertThat(new ObjectMapper().readTree(json.toFile()).get("model_id").asText())
        .as("another seed, another model")
        .isNotEqualTo(id);

    Path report = folder.resolve("report-energy.html");
    CliResult detect = longcast("detect", "--verbose");
    assertThat(detect.code()).isZero();
    assertThat(detect.out()).contains("top events", "report: " + report, "seconds");
    assertThat(report).content().contains("Content-Security-Policy", id, "\"lanes\":{");
    Files.delete(report);
    assertThat(longcast("report").out()).contains("report: " + report);
    assertThat(report).exists();
    assertThat(folder.resolve("anomalies")).isNotEmptyDirectory();
    assertThat(folder.resolve("rejects")).isNotEmptyDirectory();

    flipAByte(folder.resolve("models/energy").resolve(id));
    CliResult damaged = longcast("forecast");
    assertThat(damaged.code()).isEqualTo(ExitCode.USAGE);
    assertThat(damaged.err()).contains("damaged").doesNotContain("\tat ");
  }

  @Test
  void refusesBeforeTheWorkWhatCannotBeWrittenAfterIt() {
    CliResult nowhere = longcast("generate", "--json", folder.resolve("no/where.json").toString());
    assertThat(nowhere.code()).isEqualTo(ExitCode.USAGE);
    assertThat(nowhere.err()).contains("cannot write ", "(option --json)").doesNotContain("\tat ");
    assertThat(folder.resolve("observations")).doesNotExist();
  }

  private static void flipAByte(Path bundle) throws IOException {
    Path victim;
    try (var files = Files.list(bundle)) {
      victim =
          files
              .filter(file -> !file.getFileName().toString().matches("SHA256SUMS|manifest.json"))
              .sorted()
              .findFirst()
              .orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(victim);
    bytes[bytes.length / 2] ^= 1;
    Files.write(victim, bytes);
  }

  private CliResult longcast(String command, String... more) {
    List<String> words = new ArrayList<>(List.of(command));
    boolean first = List.of("models", "show").contains(command);
    if (first) {
      words.addAll(List.of(more));
    }
    words.addAll(SMALL);
    words.addAll(List.of("--output", folder.toString(), "--master", "local[2]"));
    if (!first) {
      words.addAll(List.of(more));
    }
    return CliResult.by(words);
  }
}

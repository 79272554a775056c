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

/**
 * One step of training does not beat a baseline: what the gate does about it, and what force does.
 */
@Tag("long")
class GateIT {
  @TempDir Path folder;

  @Test
  void keepsLatestFromAModelThatLosesUnlessForced() throws IOException {
    assertThat(longcast("generate").code()).isZero();
    Path models = folder.resolve("models/energy");

    CliResult missed = longcast("train", "--seed", "1", "backtest.gate=refuse");
    assertThat(missed.code()).as(missed.err()).isEqualTo(ExitCode.GATE_MISSED);
    assertThat(missed.out()).contains("not promoted: it does not beat the best baseline");
    assertThat(figures().get("promoted").asBoolean()).isFalse();
    assertThat(models.resolve("LATEST")).doesNotExist();

    CliResult forced = longcast("train", "--seed", "1", "--force");
    assertThat(forced.code()).as(forced.err()).isZero();
    assertThat(forced.out()).contains("promoted by force", "does not beat the best baseline");
    assertThat(figures().get("promoted").asBoolean()).isTrue();
    String first = figures().get("model_id").asText();
    assertThat(models.resolve("LATEST")).content().isEqualToIgnoringNewLines(first);

    CliResult other = longcast("train", "--seed", "2", "backtest.gate=refuse");
    assertThat(other.code()).as(other.err()).isEqualTo(ExitCode.GATE_MISSED);
    String second = figures().get("model_id").asText();
    assertThat(second).isNotEqualTo(first);
    assertThat(models.resolve(second).resolve("manifest.json"))
        .content()
        .contains("\"gate\" : \"failed");
    assertThat(models.resolve("LATEST")).content().isEqualToIgnoringNewLines(first);

    CliResult best = longcast("train", "--seed", "2");
    assertThat(best.code()).as(best.err()).isZero();
    String served = figures().get("forecasts_by").asText();
    assertThat(best.out()).contains("promoted: " + served + " forecasts in place of the network");
    assertThat(figures().get("promoted").asBoolean()).isTrue();
  }

  /** What cannot be written down is not served: the pointer comes last. */
  @Test
  @Tag("long")
  void promotesOnlyAfterTheTablesAreWritten() throws IOException {
    assertThat(longcast("generate").code()).isZero();
    Path inTheWay = Files.writeString(folder.resolve("training_history"), "no table");
    CliResult failed = longcast("train", "--force");
    assertThat(failed.code()).as(failed.out()).isNotIn(0, ExitCode.GATE_MISSED);
    Path models = folder.resolve("models/energy");
    assertThat(models).isNotEmptyDirectory();
    assertThat(models.resolve("LATEST")).doesNotExist();

    Files.delete(inTheWay);
    assertThat(longcast("train", "--force").code()).isZero();
    assertThat(models.resolve("LATEST")).exists();
  }

  /** A classifier that has learned nothing loses to the most frequent class. */
  @Test
  @Tag("long")
  void keepsLatestFromAClassifierThatLosesUnlessForced() throws IOException {
    assertThat(onFaults("generate").code()).isZero();

    CliResult missed = onFaults("train");
    assertThat(missed.code()).as(missed.err()).isEqualTo(ExitCode.GATE_MISSED);
    assertThat(missed.out()).contains("not promoted");
    Path models = folder.resolve("models/faults");
    assertThat(models).isNotEmptyDirectory();
    assertThat(models.resolve("LATEST")).doesNotExist();

    CliResult forced = onFaults("train", "--force");
    assertThat(forced.code()).as(forced.err()).isZero();
    assertThat(forced.out()).contains("promoted by force");
    assertThat(models.resolve("LATEST")).exists();
  }

  private CliResult onFaults(String command, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                command,
                SparkHome.ROOT.resolve("conf/faults.conf").toString(),
                "generate.series=4",
                "generate.steps=600",
                "training.steps=1",
                "training.refit=false",
                "report.automatic=false",
                "source.paths=[\"%s\"]".formatted(folder.resolve("observations")),
                "labels.intervals=[\"%s\"]".formatted(folder.resolve("labels")),
                "--output",
                folder.toString(),
                "--master",
                "local[2]"));
    words.addAll(List.of(more));
    return CliResult.by(words);
  }

  private JsonNode figures() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("figures.json").toFile());
  }

  private CliResult longcast(String command, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                command,
                SparkHome.ROOT.resolve("conf/energy.conf").toString(),
                "generate.series=4",
                "generate.steps=400",
                "generate.ahead=0",
                "window.contextLength=96",
                "window.horizon=24",
                "training.steps=1",
                "training.shards=1",
                "training.refit=false",
                "backtest.minValues=1",
                "report.automatic=false"));
    words.addAll(List.of("--output", folder.toString(), "--master", "local[2]"));
    if (command.equals("train")) {
      words.add("source.paths=[\"%s\"]".formatted(folder.resolve("observations")));
      words.addAll(List.of("--json", folder.resolve("figures.json").toString()));
    }
    words.addAll(List.of(more));
    return CliResult.by(words);
  }
}

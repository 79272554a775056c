package io.longcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.longcast.files.FolderSystem;
import io.longcast.files.WriterLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of a day, as a scheduler calls them: exit codes and JSON. */
@Tag("long")
class RunIT {
  @TempDir Path folder;

  @Test
  void servesADayAndSaysHowItWent() throws IOException {
    assertThat(longcast("generate").code()).isZero();

    CliResult first = longcast("run");
    assertThat(first.code()).as(first.out() + first.err()).isZero();
    String id = json().get("model_id").asText();
    assertThat(first.out()).contains("retrain: model " + id + " is promoted, the first one");

    CliResult again = longcast("run", "alerts.attempts=1", "alerts.maxAge=365 days", NO_SERVER);
    assertThat(again.code()).as(again.out() + again.err()).isEqualTo(ExitCode.PENDING);
    assertThat(again.out())
        .contains(
            "detect: scored 0 new rows", "retrain: not due", "alerts to ops: ConnectException")
        .contains("alerts are pending: the next run tries them again", "promoted model: " + id);
    assertThat(json().get("pending_alerts").asLong()).isPositive();
    assertThat(json().at("/steps/0/step").asText()).isEqualTo("read");

    org.apache.hadoop.fs.Path place =
        new org.apache.hadoop.fs.Path(folder.resolve("run-energy").toString());
    FolderSystem files = FolderSystem.of(new Configuration(), place);
    try (WriterLock lock = WriterLock.take(files, place, Duration.ZERO)) {
      CliResult locked = longcast("run");
      assertThat(locked.code()).isEqualTo(ExitCode.LOCKED);
      assertThat(locked.err())
          .contains("is being written by another run", "" + ProcessHandle.current().pid())
          .doesNotContain("\tat ");
      lock.requireHeld();
    }

    CliResult drift = longcast("drift");
    assertThat(drift.code()).as(drift.err()).isIn(0, ExitCode.GATE_MISSED);
    assertThat(drift.out()).contains("series have drifted");

    CliResult part =
        longcast("detect", "--from", "2024-01-10T00:00:00Z", "--to", "2024-01-11T00:00:00Z");
    assertThat(part.code()).as(part.err()).isZero();
    CliResult half = longcast("detect", "--from", "2024-01-10T00:00:00Z");
    assertThat(half.code()).isEqualTo(ExitCode.USAGE);
    assertThat(half.err()).contains("--from and --to belong together");

    String event = anEvent();
    CliResult verdict = longcast("verdict", event, "false_alarm", "--by", "ann");
    assertThat(verdict.code()).as(verdict.err()).isZero();
    assertThat(verdict.out()).contains("1 false alarms, 0 true alarms", "raised by 0.69");
    assertThat(longcast("verdict", event, "wrong").err())
        .contains("expected true_alarm, false_alarm or none, found wrong");
    assertThat(longcast("run").out()).contains("detect: verdicts on 1 series: 1 false alarms");

    CliResult compared = longcast("models", "compare", id, id);
    assertThat(compared.code()).as(compared.err()).isZero();
    assertThat(compared.out())
        .contains("mase", id + " was trained on rows of 2024-01-01T00:00:00Z");
  }

  /** As docs/operate.md says: the earlier model serves again and scores what it has missed. */
  @Test
  void rollsBackToAnEarlierModelAndExportsIt() throws IOException {
    assertThat(longcast("generate").code()).isZero();
    assertThat(longcast("run").code()).isZero();
    String first = json().get("model_id").asText();
    CliResult trained = longcast("train", "--force", "training.seed=7");
    assertThat(trained.code()).as(trained.err()).isZero();
    String second = json().get("model_id").asText();
    assertThat(second).isNotEqualTo(first);
    assertThat(longcast("run").out()).contains("promoted model: " + second);

    assertThat(longcast("models", "promote", first).code()).isZero();
    CliResult back = longcast("run");
    assertThat(back.code()).as(back.out() + back.err()).isIn(0, ExitCode.GATE_MISSED);
    assertThat(back.out()).contains("promoted model: " + first, "detect: scored 0 new rows");
    assertThat(json().at("/steps/1/step").asText()).isEqualTo("forecast");
    assertThat(json().at("/steps/1/model_id").asText()).isEqualTo(first);
    assertThat(folder.resolve("forecasts/model_id=" + second)).isNotEmptyDirectory();

    Path file = folder.resolve("energy.onnx");
    CliResult exported =
        longcast("models", "export", "--format=onnx", "--network", "--to", file.toString());
    assertThat(exported.code()).as(exported.err()).isZero();
    assertThat(exported.out()).contains("energy.onnx: model " + first);
    assertThat(file).isNotEmptyFile();
  }

  private static final String NO_SERVER = "alerts.http=[{name=ops,url=\"http://127.0.0.1:9/\"}]";

  private String anEvent() throws IOException {
    try (SparkSession spark = Sessions.start("test", Optional.of("local[1]"), false)) {
      return spark
          .read()
          .parquet(folder.resolve("events").toString())
          .orderBy("event_id")
          .head()
          .getAs("event_id");
    }
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("run.json").toFile());
  }

  private CliResult longcast(String command, String... more) {
    List<String> words = new ArrayList<>(List.of(command));
    List<String> rest = new ArrayList<>(List.of(more));
    if (command.equals("models")) {
      words.addAll(rest);
      rest.clear();
    }
    if (command.equals("verdict")) {
      words.add(rest.remove(0));
      words.add(rest.remove(0));
    }
    words.addAll(
        List.of(
            SparkHome.ROOT.resolve("conf/energy.conf").toString(),
            "generate.series=4",
            "generate.steps=400",
            "generate.ahead=0",
            "window.contextLength=96",
            "window.horizon=24",
            "training.steps=1",
            "training.shards=1",
            "anomaly.stride=12"));
    words.addAll(List.of("--output", folder.toString(), "--master", "local[2]"));
    if (!command.equals("generate")) {
      words.add("source.paths=[\"%s\"]".formatted(folder.resolve("observations")));
      words.addAll(List.of("--json", folder.resolve("run.json").toString()));
    }
    words.addAll(rest);
    return CliResult.by(words);
  }
}

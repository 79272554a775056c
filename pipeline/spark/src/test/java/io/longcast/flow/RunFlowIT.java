package io.longcast.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.alert.AlertServer;
import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.files.FolderSystem;
import io.longcast.files.LockedException;
import io.longcast.files.WriterLock;
import io.longcast.pipeline.StageClock;
import io.longcast.report.Progress;
import io.longcast.testing.SharedSession;
import io.longcast.write.TableReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Days of a small fleet, hourly, and one {@code longcast run} after each: a fault, a sensor that
 * dies, one that appears, and a drift.
 */
@Tag("long")
class RunFlowIT {
  private static final Instant START = Instant.parse("2024-03-01T00:00:00Z");
  private static final int TRAINED = 21;
  private static final int DRIFT = 24;
  private static final int LAST = 25;

  @TempDir Path folder;

  private final SparkSession spark = SharedSession.get();

  /** Rows of {@code [from, to)} days; see the class. */
  private Dataset<Row> days(int from, int to) {
    return spark
        .range(6 * 24L * (to - from))
        .selectExpr(
            "cast(id % 6 as int) as s", "cast(floor(id / 6) as int) + %d as t".formatted(24 * from))
        .where("not (s = 4 and t >= %d) and not (s = 5 and t < %d)".formatted(24 * 23, 24 * 10))
        .selectExpr(
            "concat('pump-', s) as series_id",
            "timestamp_seconds(%d + 3600L * t) as timestamp".formatted(START.getEpochSecond()),
            ("20 + s + 8 * sin(2 * pi() * t / 24) + (hash(s, t) %% 1000) / 800.0"
                    + " + case when s = 1 and t between %d and %d then 60 else 0 end"
                    + " + case when t >= %d then 14 else 0 end as value")
                .formatted(24 * 22 + 5, 24 * 22 + 8, 24 * DRIFT));
  }

  private RunSpec settings(String output, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "name=pumps",
                "source.paths=[\"" + folder.resolve("input") + "\"]",
                "clean.anchor=calendar",
                "window.contextLength=96",
                "window.horizon=24",
                "split.folds=2",
                "training.steps=20",
                "training.shards=1",
                "training.batchSize=16",
                "model.hiddenSize=8",
                "anomaly.stride=12",
                "retrain.paths=[\"" + folder.resolve("history") + "\"]",
                "output.path=" + folder.resolve(output)));
    words.addAll(List.of(more));
    return RunFile.read(Optional.empty(), words).spec();
  }

  private RunFlow.Outcome run(RunSpec run) {
    return RunFlow.run(spark, run, new StageClock(Progress.SILENT));
  }

  /** The input holds four days, the history grows. */
  private void file(int from, int to) {
    days(Math.max(0, to - 4), to)
        .coalesce(1)
        .write()
        .mode("overwrite")
        .parquet(folder.resolve("input").toString());
    days(from, to).coalesce(1).write().mode("append").parquet(folder.resolve("history").toString());
  }

  private Dataset<Row> table(String output, String name) {
    return TableReader.load(spark, "parquet", folder.resolve(output).resolve(name).toString());
  }

  private static RunFlow.Step step(RunFlow.Outcome outcome, String name) {
    return outcome.steps().stream()
        .filter(step -> step.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void servesWatchesAlarmsAndRetrainsDayByDay() throws IOException {
    try (AlertServer server = new AlertServer(n -> n % 2 == 0 ? 500 : 200)) {
      RunSpec run =
          settings(
              "out",
              "alerts.backoff=1ms",
              "alerts.http=[{name=ops,url=\"" + server.url() + "\"}]",
              "drift.window=2 days",
              "evaluate.maxMaseIncrease=1000",
              "evaluate.maxCoverageLoss=1");
      file(0, TRAINED);
      RunFlow.Outcome first = run(run);
      String champion = first.modelId().orElseThrow();
      assertThat(step(first, "retrain").lines().get(0)).contains("is promoted, the first one");

      Optional<RunFlow.Outcome> drifted = Optional.empty();
      for (int day = TRAINED; day <= LAST && drifted.isEmpty(); day++) {
        file(day, day + 1);
        RunFlow.Outcome done = run(run);
        assertThat(step(done, "detect").lines().get(0)).startsWith("scored 1");
        if (day == 22) {
          killedBeforeTheLastStep(run, done);
        }
        if (day > TRAINED && day < DRIFT) {
          assertThat(step(done, "evaluate").lines().get(0)).contains("observed values");
          assertThat(step(done, "retrain").lines()).containsExactly("not due");
        }
        boolean isDrift = !step(done, "drift").problems().isEmpty();
        assertThat(isDrift).as("%s", step(done, "drift").lines()).isEqualTo(day >= DRIFT);
        drifted = isDrift ? Optional.of(done) : drifted;
      }
      assertThat(step(drifted.orElseThrow(), "retrain").lines().get(0))
          .contains("due: ", "drift (retrain.onDrift)");
      assertThat(drifted.get().problems()).anyMatch(line -> line.contains("value: "));

      List<Row> spike =
          table("out", "events")
              .where("series_id = 'pump-1' and model_id = '" + champion + "'")
              .where(
                  "start >= timestamp'2024-03-23 00:00:00' and start < timestamp'2024-03-23 12:00:00'")
              .collectAsList();
      assertThat(spike).hasSize(1);
      assertThat(spike.get(0).<Timestamp>getAs("start").toInstant()).isEqualTo(at(22, 5));
      assertThat(spike.get(0).<Timestamp>getAs("end").toInstant()).isEqualTo(at(22, 9));
      String id = spike.get(0).getAs("event_id");
      assertThat(server.taken).containsKeys(id + "-open", id + "-closed");
      assertThat(server.requests.stream().distinct().toList()).hasSameSizeAs(server.taken.keySet());
    }
  }

  private static Instant at(int day, int hour) {
    return START.plus(Duration.ofHours(24L * day + hour));
  }

  /** A repeated run changes no table, whatever it had done before. */
  private void killedBeforeTheLastStep(RunSpec run, RunFlow.Outcome before) throws IOException {
    List<String> tables = List.of("anomalies", "events", "forecasts", "accuracy", "drift");
    List<List<String>> were = tables.stream().map(this::rows).toList();
    Files.delete(folder.resolve("out/alerts/pumps.json"));
    RunFlow.Outcome again = run(run);
    assertThat(again.modelId()).isEqualTo(before.modelId());
    assertThat(step(again, "detect").lines().get(0)).startsWith("scored 0 new rows");
    assertThat(tables.stream().map(this::rows).toList()).isEqualTo(were);
  }

  private List<String> rows(String table) {
    return table("out", table).collectAsList().stream().map(Row::json).sorted().toList();
  }

  @Test
  void oneRunAtATimeWorksOnAnOutput() {
    RunSpec run = settings("held");
    org.apache.hadoop.fs.Path place =
        new org.apache.hadoop.fs.Path(folder.resolve("held/run-pumps").toString());
    FolderSystem files = FolderSystem.of(spark.sparkContext().hadoopConfiguration(), place);
    try (WriterLock lock = WriterLock.take(files, place, Duration.ZERO)) {
      assertThatThrownBy(() -> run(run))
          .isInstanceOf(LockedException.class)
          .hasMessageContaining("run-pumps is being written by another run")
          .hasMessageContaining("" + ProcessHandle.current().pid());
      lock.requireHeld();
    }
  }
}

package io.longcast.logs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.flow.ModelStore;
import io.longcast.flow.StreamFlow;
import io.longcast.logs.LogLineCounts;
import io.longcast.logs.LogSpec;
import io.longcast.logs.SequenceModel;
import io.longcast.model.bundle.ModelBundle;
import io.longcast.pipeline.StageClock;
import io.longcast.report.Progress;
import io.longcast.stream.StreamCounts;
import io.longcast.testing.SharedSession;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A generated log the whole way: lines, templates, bundle, alarms, and back to the lines. */
@Tag("long")
class LogFlowIT {
  private final SparkSession spark = SharedSession.get();
  @TempDir Path folder;

  private RunSpec settings(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "output.path=" + folder,
                "logs.generate.devices=60",
                "logs.generate.dirty=0.01",
                "logs.generate.faultShare=0.03",
                "training.steps=60"));
    words.addAll(List.of(more));
    Path file = Path.of(System.getProperty("longcast.root")).resolve("conf/logs.conf");
    return RunFile.read(Optional.of(file), words).spec();
  }

  private Dataset<Row> table(String name) {
    return spark.read().parquet(folder.resolve(name).toString());
  }

  @Test
  void everyAlarmLeadsBackToItsLineAndEveryLineIsAccountedFor() throws IOException {
    RunSpec run = settings("logs.values=true");
    LogDemoFlow.Outcome done = LogDemoFlow.run(spark, run, false, new StageClock(Progress.SILENT));

    LogLineCounts lines = done.training().lines();
    assertThat(lines.read()).isEqualTo(lines.used() + lines.rejected());
    assertThat(lines.rejected()).isPositive().isEqualTo(table("rejects").count());
    assertThat(done.faults()).hasSize(6);
    done.faults()
        .forEach((kind, found) -> assertThat(found.found()).as(kind).isEqualTo(found.labelled()));
    assertThat(done.falseAlarmsPerDeviceWeek()).isLessThanOrEqualTo(1);
    assertThat(done.traced()).isEqualTo(done.alarms());

    for (Row alarm : table("log_anomalies").collectAsList()) {
      assertThat(rawLine(alarm)).isEqualTo(alarm.<String>getAs("line"));
      assertThat(alarm.<String>getAs("line")).contains("[" + alarm.getAs("session_id") + "]");
      assertThat(alarm.getList(alarm.fieldIndex("expected"))).isNotEmpty();
      assertThat(alarm.<Timestamp>getAs("timestamp"))
          .isAfterOrEqualTo(alarm.<Timestamp>getAs("start"));
      String month = alarm.<Timestamp>getAs("start").toInstant().toString().substring(0, 7);
      assertThat(alarm.<Date>getAs("date")).hasToString(month + "-01");
      assertThat(folder.resolve("log_anomalies/model_id=" + alarm.getAs("model_id")))
          .isDirectoryContaining("glob:**date=" + alarm.getAs("date"));
    }
    assertThat(table("log_anomalies").where("anomaly_score > 0.98 and anomaly_score < 1").count())
        .as("a tail probability, not a constant")
        .isEqualTo(done.alarms());
    long odd = table("log_labels").where("kind = 'new-message'").count();
    assertThat(odd).isPositive();
    assertThat(done.detection().unmatched()).as("a line of no template each").isEqualTo(odd);
    assertThat(table("log_anomalies").where("unmatched > 0 and reason like 'unseen-key%'").count())
        .isEqualTo(odd);
    assertThat(table("templates").count()).isEqualTo(done.training().templates());
    assertThat(table("metrics").where("metric = 'perplexity' and value > 1").count()).isOne();
    assertThat(table("log_values").where("value between 3.4 and 4.1").count())
        .as("volts of every run")
        .isGreaterThan(60 * 20);
  }

  @Test
  @Tag("long")
  void aStreamOfTheFilesWritesWhatDetectionWrites() throws IOException {
    RunSpec run = settings("training.steps=20", "backtest.gate=off");
    LogDemoFlow.run(spark, run, false, new StageClock(Progress.SILENT));
    List<String> once = LogLines.anomalies(table("log_anomalies"));
    long rejects = table("rejects").count();
    ModelBundle model = new ModelStore(spark, run).latestBundle();
    assertThat(nearest("missing-step")).allMatch(text -> text.startsWith("missing before"));
    assertThat(nearest("loop")).allMatch(text -> text.startsWith("extra at"));
    assertThat(nearest("new-message")).allMatch(text -> text.contains("(unknown message)"));

    String log = run.section(LogSpec.class).paths().get(0);
    LogLines.clock(Path.of(log));
    RunSpec streamed =
        settings(
            "output.path=" + folder.resolve("streamed"),
            "logs.paths=[\"" + log + "\"]",
            "logs.timeout=2h",
            "stream.partitions=2");
    List<String> said = new ArrayList<>();
    StreamFlow.Outcome done =
        LogStreamFlow.of(spark, streamed, Optional.of(model), said::add).run(true);
    assertThat(LogLines.anomalies(table("streamed/log_anomalies")))
        .hasSizeGreaterThan(10)
        .isEqualTo(once);
    assertThat(table("streamed/rejects").count()).isEqualTo(rejects).isPositive();
    assertThat(done.counts().get(StreamCounts.Kind.EXPIRED)).isEqualTo(60 * 24);
    assertThat(done.counts().get(StreamCounts.Kind.CLOSED))
        .as("the session of the clock goes on")
        .isEqualTo(done.counts().get(StreamCounts.Kind.OPENED) - 1);
    assertThat(done.counts().get(StreamCounts.Kind.REJECTED)).isEqualTo(rejects);
    assertThat(said).first().asString().contains(" lines (").contains("alarms raised");
  }

  private List<String> nearest(String kind) {
    List<String> said =
        table("log_anomalies")
            .join(
                table("log_labels").where("kind = '" + kind + "'").select("session_id"),
                "session_id")
            .select("nearest")
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .toList();
    assertThat(said).as(kind).isNotEmpty();
    return said;
  }

  /** Read with the JDK alone: the line that begins at the offset. */
  private static String rawLine(Row alarm) throws IOException {
    Path file = Path.of(URI.create(alarm.<String>getAs("source_file")));
    long offset = alarm.<Long>getAs("source_offset");
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      if (offset > 0) {
        in.seek(offset - 1);
        assertThat(in.read()).as("the byte before the line").isEqualTo('\n');
      }
      in.seek(offset);
      return new String(
          in.readLine().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
  }

  @Test
  @Tag("long")
  void partitionsAndFilesDoNotMatter() throws IOException {
    RunSpec first =
        settings("output.path=" + folder.resolve("1"), "training.steps=20", "backtest.gate=off");
    LogGenerateFlow.run(spark, first);
    Map<Integer, List<String>> said = new HashMap<>();
    for (int parts : new int[] {1, 2, 7}) {
      Path log = folder.resolve("log" + parts);
      spark
          .read()
          .textFile(first.section(LogSpec.class).paths().get(0))
          .repartition(parts)
          .write()
          .text(log.toString());
      RunSpec run =
          settings(
              "output.path=" + folder.resolve("out" + parts),
              "training.steps=20",
              "backtest.gate=off",
              "logs.paths=[\"" + log + "\"]");
      String id = LogTrainFlow.run(spark, run, false, new StageClock(Progress.SILENT)).modelId();
      LogDetectFlow.run(spark, run, new StageClock(Progress.SILENT));
      List<String> rows = new ArrayList<>(List.of(id));
      table("out" + parts + "/log_anomalies")
          .selectExpr("concat_ws(' ', session_id, position, template_id, line, reason, nearest)")
          .collectAsList()
          .forEach(row -> rows.add(row.getString(0)));
      rows.sort(null);
      said.put(parts, rows);
    }
    assertThat(said.get(1)).hasSizeGreaterThan(5);
    assertThat(said.get(2)).isEqualTo(said.get(1));
    assertThat(said.get(7)).isEqualTo(said.get(1));
  }

  @Test
  @Tag("long")
  void readsTemplatesThatAPersonHasEdited() throws IOException {
    RunSpec run = settings("training.steps=20", "backtest.gate=off");
    LogGenerateFlow.run(spark, run);
    int learned = LogTrainFlow.run(spark, run, false, new StageClock(Progress.SILENT)).templates();
    table("templates")
        .where("template not like 'sampling%'")
        .union(
            spark.sql("select '', 'sampling <*>', 4L, max(model_id) from values ('m') t(model_id)"))
        .withColumn("model_id", org.apache.spark.sql.functions.lit("edited"))
        .write()
        .parquet(folder.resolve("edited").toString());
    RunSpec edited =
        settings(
            "training.steps=20",
            "backtest.gate=off",
            "logs.templatesFrom=" + folder.resolve("edited"));
    LogTrainFlow.Outcome merged =
        LogTrainFlow.run(spark, edited, false, new StageClock(Progress.SILENT));
    assertThat(merged.templates()).as("four sensors in one").isEqualTo(learned - 3);
    assertThat(merged.sequences().normal().all().sessions()).isEqualTo(60 * 12);
    assertThat(merged.sequences().normal().unmatchedLines()).isZero();

    table("templates")
        .where("template not like 'new configuration%'")
        .withColumn("model_id", org.apache.spark.sql.functions.lit("edited"))
        .write()
        .parquet(folder.resolve("less").toString());
    RunSpec less =
        settings(
            "training.steps=20",
            "backtest.gate=off",
            "backtest.gate=off",
            "logs.templatesFrom=" + folder.resolve("less"));
    SequenceModel without =
        LogTrainFlow.run(spark, less, false, new StageClock(Progress.SILENT)).sequences();
    long configured =
        spark
            .read()
            .textFile(less.section(LogSpec.class).paths().get(0))
            .filter("value like '%new config%'")
            .count();
    long unmatched = without.normal().unmatchedLines();
    assertThat(unmatched).isPositive();
    assertThat(without.normal().all().sessions()).isEqualTo(60 * 12 - unmatched);
    long found = LogDetectFlow.run(spark, less, new StageClock(Progress.SILENT)).unmatched();
    assertThat(found).as("and the panics").isBetween(configured, configured + 60);
  }

  @Test
  @Tag("long")
  void aModelThatDoesNotBeatTheBaselineIsNotPromoted() {
    RunSpec few =
        settings(
            "training.steps=1",
            "logs.generate.devices=4",
            "logs.generate.hours=12",
            "logs.sequences.rankTop=100",
            "logs.sequences.alarmBudget=1e-6");
    LogGenerateFlow.run(spark, few);
    LogTrainFlow.Outcome done =
        LogTrainFlow.run(spark, few, false, new StageClock(Progress.SILENT));
    assertThat(done.sequences().choice().byCounts()).as("the budget is too small").isFalse();
    assertThat(done.promoted()).as("%s", done.sequences().choice()).isFalse();
    assertThat(folder.resolve("models/logs/LATEST")).doesNotExist();
  }

  @Test
  @Tag("long")
  void aTrainingResumedFromItsCheckpointGivesTheSameModel() throws IOException {
    RunSpec run = settings("training.steps=40", "training.checkpoint.everyRounds=1");
    LogGenerateFlow.run(spark, run);
    LogTrainFlow.Outcome first =
        LogTrainFlow.run(spark, run, false, new StageClock(Progress.SILENT));
    assertThat(folder.resolve("checkpoints/logs/half-1")).isNotEmptyDirectory();
    LogTrainFlow.Outcome again =
        LogTrainFlow.run(spark, run, true, new StageClock(Progress.SILENT));
    assertThat(again.modelId()).isEqualTo(first.modelId());
  }
}

package io.longcast.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.logs.table.LogAnomaliesTable;
import io.longcast.table.RejectsTable;
import io.longcast.testing.SharedSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogAnomalyDetectorTest {
  private static final List<String> NORMAL = List.of("open door", "read 17 bytes", "close door");

  @TempDir static Path folder;

  private final SparkSession spark = SharedSession.get();
  private LogAnomalyDetectorModel model;

  @BeforeAll
  void fit() {
    model = detector().fit(lines(60, false));
  }

  private static LogAnomalyDetector detector() {
    return new LogAnomalyDetector()
        .set("logs.lines.pattern", "<Date> <Host> <Session> <Content>")
        .set("logs.lines.fields.timestamp", "<Date>")
        .set("logs.lines.fields.session", "<Session>")
        .set("training.steps", 20)
        .set("training.shards", 2);
  }

  /** Sessions of three messages; the last one also fails where asked for. */
  private Dataset<Row> lines(int sessions, boolean failing) {
    List<String> lines = new ArrayList<>();
    for (int session = 0; session < sessions; session++) {
      for (int message = 0; message < NORMAL.size(); message++) {
        lines.add(line(session, message, NORMAL.get(message).replace("17", "" + session * 7)));
      }
      if (failing && session == sessions - 1) {
        lines.add(line(session, NORMAL.size(), "disk on fire, giving up"));
      }
    }
    return spark.createDataset(lines, Encoders.STRING()).toDF().coalesce(1);
  }

  private static String line(int session, int second, String content) {
    return "2024-01-01T%02d:%02d:%02dZ rack%d s%d %s"
        .formatted(session / 60, session % 60, second, session % 4, session, content);
  }

  @Test
  void findsTheAbnormalSessionWithItsLine() {
    Dataset<Row> found = model.transform(lines(20, true));
    LogAnomaliesTable.TABLE.requireConforms(found.schema());
    Row row = found.where("is_anomaly").first();
    assertThat(row.<String>getAs("session_id")).isEqualTo("s19");
    assertThat(row.<String>getAs("line")).contains("disk on fire");
    assertThat(row.<String>getAs("host")).isEqualTo("rack3");
    assertThat(row.<Timestamp>getAs("timestamp").toInstant())
        .isEqualTo(Instant.parse("2024-01-01T00:19:03Z"));
    assertThat(row.<Timestamp>getAs("start").toInstant())
        .isEqualTo(Instant.parse("2024-01-01T00:19:00Z"));
    assertThat(row.<Date>getAs("date")).isEqualTo(Date.valueOf("2024-01-01"));
    assertThat(found.where("is_anomaly").count()).isEqualTo(1);
    assertThat(model.transform(lines(20, false)).where("is_anomaly").count()).isZero();
  }

  private static List<String> words(Dataset<Row> found) {
    return found
        .where("is_anomaly")
        .selectExpr(
            "to_json(struct(session_id, start, timestamp, host, position, template_id, expected,"
                + " anomaly_score, state, line, reason, nearest, unmatched, date))")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  /** Seven micro-batches, with a restart, end with the row of the whole session. */
  @Test
  @Tag("long")
  void aStreamOfTheLinesFindsTheSame() throws Exception {
    List<String> lines = new ArrayList<>(lines(20, true).as(Encoders.STRING()).collectAsList());
    Path arriving = Files.createDirectories(folder.resolve("arriving"));
    for (int i = 0; i < 7; i++) {
      List<String> some = lines.subList(lines.size() * i / 7, lines.size() * (i + 1) / 7);
      Path file = Files.write(arriving.resolve("%d.txt".formatted(i)), some);
      Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L + 1000L * i));
    }
    StreamRun run = new StreamRun(folder.resolve("checkpoint"));
    run.killed(streamed(arriving), 3);
    run.available(streamed(arriving));
    Files.write(arriving.resolve("8.txt"), List.of(line(1300, 0, NORMAL.get(0))));
    run.available(streamed(arriving));
    assertThat(run.batches()).isGreaterThanOrEqualTo(8);
    assertThat(run.rows(RejectsTable.TABLE)).isEmpty();
    List<Row> rows = run.rows(LogAnomaliesTable.TABLE);
    assertThat(rows.get(0).<String>getAs("state")).as("before the end").isEqualTo("open");
    Dataset<Row> last =
        spark.createDataFrame(rows.subList(rows.size() - 1, rows.size()), LogAnomaliesTable.SCHEMA);
    assertThat(words(last)).isEqualTo(words(model.transform(lines(20, true)))).hasSize(1);
  }

  private Dataset<Row> streamed(Path arriving) {
    SparkSession session = spark.newSession();
    session.conf().set("spark.sql.shuffle.partitions", 2);
    LogAnomalyDetectorModel own = model.copy(ParamMap.empty()).set("stream.watermark", "1 minute");
    return own.transformStream(
        session.readStream().option("maxFilesPerTrigger", 1).text(arriving.toString()));
  }

  @Test
  void isSavedAndLoaded() throws Exception {
    String path = folder.resolve("model").toString();
    model.save(path);
    LogAnomalyDetectorModel loaded = LogAnomalyDetectorModel.load(path);
    assertThat(loaded.modelId()).isEqualTo(model.modelId());
    assertThat(loaded.transform(lines(20, true)).collectAsList())
        .isEqualTo(model.transform(lines(20, true)).collectAsList());
    String estimator = folder.resolve("estimator").toString();
    detector().setLineCol("text").save(estimator);
    assertThat(LogAnomalyDetector.load(estimator).words()).isEqualTo(detector().words());
  }

  @Test
  void readsAnotherColumnAndNamesAMissingOne() throws Exception {
    Dataset<Row> renamed = lines(20, true).withColumnRenamed("value", "text");
    assertThatThrownBy(() -> model.transformSchema(renamed.schema())).hasMessageContaining("value");
    String path = folder.resolve("renamed").toString();
    model.copy(ParamMap.empty()).setLineCol("text").save(path);
    LogAnomalyDetectorModel loaded = LogAnomalyDetectorModel.load(path);
    assertThat(loaded.transform(renamed).count()).isEqualTo(1);
    assertThat(loaded.explainParams()).contains("lineCol: text column of the lines");
  }

  @Test
  void fitsOnTheColumnThatTheModelReadsAfterwards() {
    Dataset<Row> renamed = lines(60, false).withColumnRenamed("value", "text");
    LogAnomalyDetectorModel fitted = detector().setLineCol("text").fit(renamed);
    assertThat(fitted.modelId()).isEqualTo(model.modelId());
    assertThat(fitted.get(fitted.lineCol()).get()).isEqualTo("text");
  }
}

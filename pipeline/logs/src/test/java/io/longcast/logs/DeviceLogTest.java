package io.longcast.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.logs.generate.LogGenerateSpec;
import io.longcast.logs.generate.LogGenerateStage;
import io.longcast.logs.language.KeyTrainer;
import io.longcast.logs.language.KeyTraining;
import io.longcast.logs.language.KeyTrainingSpec;
import io.longcast.logs.line.LogFileSpec;
import io.longcast.logs.line.LogReadStage;
import io.longcast.logs.template.Template;
import io.longcast.testing.SharedSession;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A generated log of devices: learned from its clean half, faults found in the other. */
@Tag("once")
@Tag("long")
class DeviceLogTest {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceLogTest.class);
  private static final LogGenerateSpec DEVICES =
      new LogGenerateSpec(200, 24, "2024-01-01T00:00:00Z", 0.02, 12, 0, 0, 3);

  private final SparkSession spark = SharedSession.get();
  @TempDir Path folder;

  private Dataset<Row> lines() {
    String path = folder.resolve("log").toString();
    LogGenerateStage.lines(spark, DEVICES).write().mode("overwrite").text(path);
    return LogReadStage.read(spark, List.of(path), LogSpecs.devices(), LogFileSpec.defaults());
  }

  private static LogModel model(Dataset<Row> lines) {
    List<Template> templates = LogTrainStage.templates(lines, LogSpecs.spec());
    KeyTrainer trainer = KeyTraining.with(LogSpecs.MODEL, new KeyTrainingSpec(300, 64, 5e-3, 1));
    return new LogModel(
        LogSpecs.spec().templates(),
        templates,
        LogTrainStage.sequences(lines, templates, LogSpecs.spec(), trainer));
  }

  @Test
  void findsTheLabelledFaultsAndLeadsBackToTheirLines() {
    Dataset<Row> lines = lines();
    LogModel model = model(lines);
    assertThat(model.templates()).hasSizeBetween(15, 40);
    LOG.info("choice {}", model.sequences().choice());
    List<Row> found =
        LogDetectStage.detect(lines.filter("session_id rlike '/(1[2-9]|2[0-9])$'"), model, "m1")
            .collectAsList();
    Map<String, Row> byId = new HashMap<>();
    found.forEach(row -> byId.put(row.getString(0), row));
    List<Row> labels = LogGenerateStage.labels(spark, DEVICES).collectAsList();
    Map<String, int[]> recall = new TreeMap<>();
    for (Row label : labels) {
      int[] count = recall.computeIfAbsent(label.getString(1), kind -> new int[2]);
      count[0] += byId.remove(label.getString(0)) == null ? 0 : 1;
      count[1]++;
    }
    recall.forEach((kind, count) -> LOG.info("{}: {} of {}", kind, count[0], count[1]));
    LOG.info("false alarms: {} of {} runs", byId.size(), 200 * 12 - labels.size());
    byId.values().stream().limit(3).forEach(row -> LOG.info("false alarm {}", row));
    found.stream().limit(6).forEach(row -> LOG.info("{}", row));
    assertThat(byId.size()).as("false alarms in 2400 runs").isLessThanOrEqualTo(12);
    recall.forEach(
        (kind, count) -> {
          assertThat(count[0]).as(kind).isGreaterThanOrEqualTo((int) (0.9 * count[1]));
        });
    assertThat(found)
        .allSatisfy(
            row -> assertThat(row.<String>getAs("line")).contains("[" + row.getString(0) + "]"));
  }

  @Test
  void everyLineIsAnEntryOrAReject() {
    Dataset<Row> lines = lines();
    assertThat(lines.filter("reason is not null").count()).isZero();
    assertThat(lines.count()).isEqualTo(LogGenerateStage.lines(spark, DEVICES).count());
  }
}

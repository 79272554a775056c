package io.longcast.logs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.flow.DetectFlow;
import io.longcast.flow.ModelStore;
import io.longcast.flow.TrainFlow;
import io.longcast.pipeline.StageClock;
import io.longcast.report.Progress;
import io.longcast.testing.SharedSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Numbers in log lines through the detector of series, and back to the lines. */
@Tag("long")
class LogValuesIT {
  private static final Logger LOG = LoggerFactory.getLogger(LogValuesIT.class);
  private static final int DEVICES = 8;
  private static final int HOURS = 192;

  private final SparkSession spark = SharedSession.get();
  @TempDir Path folder;

  private RunSpec settings(String file, String... more) {
    List<String> words = new ArrayList<>(List.of("output.path=" + folder));
    words.addAll(List.of(more));
    Path conf = Path.of(System.getProperty("longcast.root")).resolve("conf").resolve(file);
    return RunFile.read(Optional.of(conf), words).spec();
  }

  private Dataset<Row> table(String name) {
    return spark.read().parquet(folder.resolve(name).toString());
  }

  @Test
  void aFailingBatteryIsAnAnomalyOfItsSeriesAndLeadsBackToItsLines() {
    StageClock clock = new StageClock(Progress.SILENT);
    RunSpec log =
        settings(
            "logs.conf",
            "logs.generate.devices=" + DEVICES,
            "logs.generate.hours=" + HOURS,
            "logs.generate.cleanHours=120",
            "logs.generate.faultShare=0",
            "logs.generate.failingBatteries=0.4",
            "logs.trainBefore=\"2024-01-05T00:00:00Z\"",
            "logs.values=true",
            "logs.valuesBy=\"^(dev-[0-9]+)\"",
            "training.steps=20",
            "backtest.gate=off");
    LogGenerateFlow.run(spark, log);
    LogTrainFlow.run(spark, log, false, clock);
    LogDetectFlow.run(spark, log, clock);
    RunSpec values = settings("log-values.conf", "training.steps=40");
    TrainFlow.run(spark, values, false, clock);
    DetectFlow.run(spark, values, new ModelStore(spark, values).latest(), clock);

    Set<String> failing =
        devices(table("log_labels").where("kind = 'odd-value'").select("session_id"));
    assertThat(failing).hasSizeBetween(2, 6);
    spark.sql("set spark.sql.session.timeZone = UTC");
    Dataset<Row> alarms =
        table("anomalies")
            .where("is_anomaly")
            .as("a")
            .join(
                table("log_values").withColumnRenamed("value", "number").as("v"),
                org.apache.spark.sql.functions.expr(
                    "a.series_id = v.series_id and a.timestamp = date_trunc('HOUR', v.timestamp)"));
    List<Row> odd =
        alarms
            .join(table("log_labels").where("kind = 'odd-value'"), "session_id")
            .where("number < 3")
            .collectAsList();
    long all = table("anomalies").where("is_anomaly and value is not null").count();
    LOG.info("alarms {}, of failing batteries {}, devices {}", all, odd.size(), failing);
    assertThat(devices(alarms.where("number < 3").select("session_id")))
        .as("devices with an alarm in the day of the fault")
        .containsAll(failing);
    assertThat(alarms.count()).as("each alarmed value has its line").isGreaterThanOrEqualTo(all);
    assertThat(odd)
        .allSatisfy(
            row -> {
              String line = line(row.getAs("source_file"), row.getAs("source_offset"));
              assertThat(line).contains("[" + row.getAs("session_id") + "]").contains("battery");
            });
    assertThat(table("events").count())
        .as("events, of 14 series of 8 devices in eight days at .1 a week")
        .isLessThan(40);
  }

  private static Set<String> devices(Dataset<Row> sessions) {
    return sessions.collectAsList().stream()
        .map(row -> row.getString(0).split("/")[0])
        .collect(Collectors.toSet());
  }

  private static String line(String file, long offset) {
    try {
      byte[] all = java.nio.file.Files.readAllBytes(Path.of(java.net.URI.create(file)));
      String rest = new String(all, (int) offset, (int) Math.min(400, all.length - offset));
      return rest.lines().findFirst().orElseThrow();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

package io.longcast.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.pipeline.ServedModel;
import io.longcast.pipeline.StageClock;
import io.longcast.report.Progress;
import io.longcast.testing.SharedSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Detection that goes on where the last run of the same model stopped. The run before has seen two
 * contexts, so that the warm-up, at most half of a series, is the same in both.
 */
class DetectFlowIT {
  private static final String CUT = "timestamp < timestamp'2024-01-30 00:00:00'";

  @TempDir Path folder;

  private final SparkSession spark = SharedSession.get();
  private final StageClock clock = new StageClock(Progress.SILENT);

  private RunSpec settings(String output, boolean resume) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "output.path=" + folder.resolve(output),
                "generate.series=4",
                "generate.steps=900",
                "generate.faultEvery=200",
                "generate.dirty=0",
                "training.steps=20",
                "training.shards=2",
                "training.refit=false",
                "anomaly.stride=12",
                "anomaly.resume=" + resume));
    Path file = Path.of(System.getProperty("longcast.root")).resolve("conf/sensors.conf");
    return RunFile.read(Optional.of(file), words).spec();
  }

  private List<Row> rows(String output, String table, String... keys) {
    Dataset<Row> rows = spark.read().parquet(folder.resolve(output).resolve(table).toString());
    return rows.select("series_id", keys).sort("series_id", keys).collectAsList();
  }

  @Test
  void goesOnFromTheSavedStatesAndKeepsWhatTheRunBeforeFound() {
    RunSpec once = settings("once", false);
    GenerateFlow.Written written =
        GenerateFlow.run(spark, once.generate(), folder.resolve("data").toString());
    RunSpec whole = once.withSource(written.format(), written.observations());
    ServedModel model = TrainFlow.run(spark, whole, false, clock).model();
    DetectFlow.run(spark, whole, model, clock);

    String first = folder.resolve("first").toString();
    spark.read().parquet(written.observations()).where(CUT).write().parquet(first);
    DetectFlow.run(spark, settings("twice", false).withSource("parquet", first), model, clock);
    long before = rows("twice", "anomalies", "channel", "timestamp").size();
    RunSpec resumed = settings("twice", true).withSource(written.format(), written.observations());
    DetectFlow.run(spark, resumed, model, clock);

    String[] scores = {"channel", "timestamp", "anomaly_score", "threshold", "is_anomaly"};
    List<Row> all = rows("once", "anomalies", scores);
    assertThat(rows("twice", "anomalies", scores)).isEqualTo(all);
    assertThat(before).isPositive().isLessThan(all.size());
    List<Row> events = rows("once", "events", "start", "end", "channels", "kind");
    assertThat(rows("twice", "events", "start", "end", "channels", "kind"))
        .isNotEmpty()
        .isEqualTo(events);
  }
}

package io.longcast.examples;

import io.longcast.spark.LogAnomalyDetector;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Learns the normal course of jobs from a log and finds those that end too early. */
public final class AbnormalSessions {
  private static final List<String> COURSE =
      List.of("accepted from 10.0.0.%d", "queued at position %d", "started", "finished in %d ms");

  private static final int JOBS = 400;

  private AbnormalSessions() {}

  /** Runs on a local session. */
  public static void main(String[] args) throws IOException {
    try (SparkSession spark = Meters.session()) {
      sessions(spark).show(false);
    }
  }

  static Dataset<Row> sessions(SparkSession spark) {
    return new LogAnomalyDetector()
        .set("logs.lines.pattern", "<Timestamp> <Level> [<Session>] <Content>")
        // A check is off where one in as many sessions as it learned from exceeds its share of
        // this.
        .set("logs.sequences.alarmBudget", 0.02)
        .set("training.steps", 20)
        .set("training.shards", 1)
        .fit(lines(spark, -1))
        .transform(lines(spark, 100));
  }

  /** A log of jobs, one of which may never finish. */
  private static Dataset<Row> lines(SparkSession spark, int broken) {
    LocalDateTime start = LocalDateTime.of(2024, 1, 1, 0, 0, 1);
    List<String> lines = new ArrayList<>();
    for (int job = 0; job < JOBS; job++) {
      for (int step = 0; step < COURSE.size() - (job == broken ? 1 : 0); step++) {
        String message = COURSE.get(step).formatted(1 + job % 9);
        lines.add(
            "%s INFO [job-%04d] %s"
                .formatted(start.plusSeconds(60L * job + 5L * step), job, message));
      }
    }
    return spark.createDataset(lines, Encoders.STRING()).toDF("value").coalesce(1);
  }
}

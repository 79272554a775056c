package io.longcast.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.logs.line.LogReadStage;
import io.longcast.testing.SharedSession;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Detection beside the rows of earlier runs. */
class LogDetectStageTest {
  private static final long START = 1_704_067_200_000L;
  private static final long HOUR = 3_600_000;
  private static final StructType TOLD = StructType.fromDDL("session_id STRING, start TIMESTAMP");

  private final SparkSession spark = SharedSession.get();

  /** Lines of sessions that begin an hour one after the other. */
  private Dataset<Row> lines(boolean timed, String... sessions) {
    List<Row> rows = new ArrayList<>();
    for (int s = 0; s < sessions.length; s++) {
      for (String word : sessions[s].split(", ")) {
        Timestamp time = new Timestamp(START + s * HOUR + 10L * rows.size());
        rows.add(
            RowFactory.create(
                "file",
                (long) rows.size(),
                timed ? time : null,
                null,
                null,
                null,
                "s" + s,
                word,
                word,
                1,
                null,
                null,
                0,
                false));
      }
    }
    return spark.createDataFrame(rows, LogReadStage.SCHEMA);
  }

  private static Row told(int session, Long millis) {
    return RowFactory.create("s" + session, millis == null ? null : new Timestamp(millis));
  }

  private List<String> detected(Dataset<Row> lines, Row... told) {
    LogModel model =
        new LogModel(
            LogSpecs.spec().templates(),
            SessionScorerTest.TEMPLATES,
            SessionScorerTest.model(true));
    Dataset<Row> before = spark.createDataFrame(List.of(told), TOLD);
    return LogDetectStage.detect(lines, Optional.of(before), model, "m")
        .selectExpr(
            "concat_ws(' ', session_id, coalesce(unix_millis(start) - %dL, 'none'), is_anomaly,"
                    .formatted(START)
                + " state)")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  private static final String NORMAL = "boot, work 1, send, work 2, sleep";

  @Test
  void anAlarmOfASessionThatIsReadAgainIsReplacedOrWithdrawn() {
    Dataset<Row> lines = lines(true, NORMAL, "boot, smoke", NORMAL, "smoke");
    assertThat(
            detected(
                lines,
                told(0, START),
                told(1, START + HOUR + 50),
                told(1, START + HOUR + 60),
                told(2, START + HOUR),
                told(9, START)))
        .containsExactly(
            "s0 0 false closed",
            "s1 3600050 true closed",
            "s1 3600060 false closed",
            "s3 10800120 true closed");
  }

  @Test
  void aLogWithoutTimesTellsSessionsByName() {
    assertThat(detected(lines(false, NORMAL, "boot, smoke"), told(0, null), told(1, null)))
        .containsExactly("s0 none false closed", "s1 none true closed");
  }
}

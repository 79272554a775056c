package io.longcast.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.testing.SharedSession;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class ChartStageTest {
  private final SparkSession spark = SharedSession.get();

  /** Ten hours of two machines. */
  private final Dataset<Row> anomalies =
      spark.sql(
          "select m series_id, 'heat' channel, timestamp_seconds(3600 * id) timestamp,"
              + " cast(id as double) value from range(10) lateral view explode(array('a', 'b')) t as m");

  private final Dataset<Row> events =
      spark.sql(
          "select s series_id, timestamp_seconds(3600 * f) start, timestamp_seconds(3600 * t) end,"
              + " k kind, concat('saw ', f) evidence from values ('a', 6, 8, 'spike'),"
              + " ('a', 2, 3, 'stuck'), ('a', 9, 12, 'shift'), ('b', 4, 5, 'spike')"
              + " as e(s, f, t, k)");

  @Test
  void shadesTheEventsOfTheSeriesThatAreDrawn() {
    assertThat(bands(ChartStage.events(anomalies, events, "a", "heat", 10))).isEqualTo(2);
    assertThat(bands(ChartStage.events(anomalies, events, "a", "heat", 5))).isEqualTo(1);
    assertThat(bands(ChartStage.events(anomalies, events, "b", "heat", 10))).isEqualTo(1);
    assertThat(ChartStage.events(anomalies, events, "nobody", "heat", 10)).contains("<svg");
  }

  @Test
  void listsEventsInTheOrderOfTheirStart() {
    assertThat(ChartStage.eventLines(events, "a"))
        .containsExactly(
            "1970-01-01T02:00:00Z  stuck  saw 2",
            "1970-01-01T06:00:00Z  spike  saw 6",
            "1970-01-01T09:00:00Z  shift  saw 9");
  }

  private static int bands(String svg) {
    return svg.split("<path stroke=\"none\"", -1).length - 1;
  }
}

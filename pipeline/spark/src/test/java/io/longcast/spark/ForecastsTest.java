package io.longcast.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.testing.SharedSession;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ForecastsTest {

  /** Series a was forecast on two days, b on the first alone, c by another model too. */
  @Test
  void newestIsTheLatestOriginOfEachSeriesAndModel() {
    Dataset<Row> history =
        SharedSession.get()
            .sql(
                "select series_id, 'heat' channel, model_id, cast(origin as timestamp) origin, step"
                    + " from values ('a', 'm', '2024-01-01', 1), ('a', 'm', '2024-01-01', 2),"
                    + " ('a', 'm', '2024-01-02', 1), ('a', 'm', '2024-01-02', 2),"
                    + " ('b', 'm', '2024-01-01', 1), ('c', 'm', null, 1), ('c', 'n', '2024-01-01', 1)"
                    + " as t(series_id, model_id, origin, step)");
    assertThat(
            Forecasts.newest(history)
                .selectExpr("concat_ws(' ', series_id, model_id, date(origin), step)")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder(
            "a m 2024-01-02 1",
            "a m 2024-01-02 2",
            "b m 2024-01-01 1",
            "c m 1",
            "c n 2024-01-01 1");
  }
}

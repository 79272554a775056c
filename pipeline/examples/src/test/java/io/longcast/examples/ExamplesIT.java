package io.longcast.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.testing.SharedSession;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every example gives what it promises. */
@Tag("long")
class ExamplesIT {
  private final SparkSession spark = SharedSession.get();
  private final Dataset<Row> meters = Meters.rows(spark);

  @Test
  void forecastADayOfEachMeter() {
    assertThat(ForecastMeters.forecasts(meters).where("forecast is not null").count())
        .isEqualTo(3 * 24);
    assertThat(ForecastWithoutTraining.forecasts(meters).where("status = 'ok'").count())
        .isEqualTo(3 * 24);
    assertThat(OwnNetwork.forecasts(meters).where("forecast is not null").count())
        .isEqualTo(3 * 12);
  }

  @Test
  void forecastWhatTheWeatherForecastCovers() {
    Dataset<Row> forecasts = ForecastWithWeather.forecasts(meters);
    assertThat(forecasts.where("status = 'ok'").count()).isEqualTo(3 * 24);
    assertThat(forecasts.agg(functions.max("timestamp")).head().get(0))
        .isEqualTo(meters.agg(functions.max("ts")).head().get(0));
  }

  @Test
  void findTheFault() {
    List<Row> events = DetectFaults.events(meters).where("series_id = 'm2'").collectAsList();
    assertThat(events).isNotEmpty();
  }

  @Test
  void findTheJobThatNeverFinishes() {
    assertThat(AbnormalSessions.sessions(spark).select("session_id").distinct().collectAsList())
        .extracting(row -> row.getString(0))
        .contains("job-0100");
  }
}

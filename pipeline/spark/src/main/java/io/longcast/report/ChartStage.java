package io.longcast.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc;

import io.longcast.table.AnomaliesTable;
import io.longcast.table.EventsTable;
import io.longcast.table.ForecastsTable;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Draws one series from the tables of a run. Each chart collects the rows of one series, at most
 * {@value #MOST_ROWS}; no shuffle but one sort.
 */
public final class ChartStage {
  private static final int MOST_ROWS = 5000;
  private static final int WIDTH = 900;
  private static final int HEIGHT = 300;

  private ChartStage() {}

  /**
   * The last values of a series and its forecast with the fan of 80 and 95 percent.
   *
   * @param anomalies table of scored values: the observed values are read from it
   * @param forecasts table of forecasts
   * @param seriesId the series
   * @param channel its channel
   * @param steps values drawn before the forecast
   */
  public static String forecast(
      Dataset<Row> anomalies, Dataset<Row> forecasts, String seriesId, String channel, int steps) {
    List<Row> past = last(of(anomalies, seriesId, channel), Math.min(steps, MOST_ROWS));
    List<Row> fan =
        of(forecasts, seriesId, channel)
            .where(col(ForecastsTable.STEP).isNotNull())
            .orderBy(desc(ForecastsTable.ORIGIN), col(ForecastsTable.STEP))
            .limit(MOST_ROWS)
            .collectAsList();
    Object newest = fan.isEmpty() ? null : fan.get(0).getAs(ForecastsTable.ORIGIN);
    List<Row> rows =
        fan.stream().filter(row -> newest.equals(row.getAs(ForecastsTable.ORIGIN))).toList();
    double[] x = seconds(rows, AnomaliesTable.TIMESTAMP);
    return new SvgChart(seriesId + ", " + channel + ": forecast", WIDTH, HEIGHT)
        .band(
            "95 %",
            "#1f77b4",
            x,
            numbers(rows, ForecastsTable.LOWER_95),
            numbers(rows, ForecastsTable.UPPER_95))
        .band(
            "80 %",
            "#1f77b4",
            x,
            numbers(rows, ForecastsTable.LOWER_80),
            numbers(rows, ForecastsTable.UPPER_80))
        .line(
            "observed",
            "#333333",
            seconds(past, AnomaliesTable.TIMESTAMP),
            numbers(past, AnomaliesTable.VALUE))
        .line("forecast", "#1f77b4", x, numbers(rows, ForecastsTable.FORECAST))
        .svg();
  }

  /**
   * The last values of a series, the interval they were expected in, and the anomalies.
   *
   * @param anomalies table of scored values
   * @param seriesId the series
   * @param channel its channel
   * @param steps values drawn
   */
  public static String anomalies(
      Dataset<Row> anomalies, String seriesId, String channel, int steps) {
    List<Row> rows = last(of(anomalies, seriesId, channel), Math.min(steps, MOST_ROWS));
    List<Row> alarms =
        rows.stream().filter(row -> row.<Boolean>getAs(AnomaliesTable.IS_ANOMALY)).toList();
    double[] x = seconds(rows, AnomaliesTable.TIMESTAMP);
    return new SvgChart(seriesId + ", " + channel + ": anomalies", WIDTH, HEIGHT)
        .band(
            "expected",
            "#2ca02c",
            x,
            numbers(rows, AnomaliesTable.LOWER),
            numbers(rows, AnomaliesTable.UPPER))
        .line("observed", "#333333", x, numbers(rows, AnomaliesTable.VALUE))
        .dots(
            "anomaly",
            "#d62728",
            seconds(alarms, AnomaliesTable.TIMESTAMP),
            numbers(alarms, AnomaliesTable.VALUE))
        .svg();
  }

  /**
   * The last values of a series with its events as shaded intervals.
   *
   * @param anomalies table of scored values: the observed values are read from it
   * @param events table of events
   * @param seriesId the series
   * @param channel its channel
   * @param steps values drawn
   */
  public static String events(
      Dataset<Row> anomalies, Dataset<Row> events, String seriesId, String channel, int steps) {
    List<Row> rows = last(of(anomalies, seriesId, channel), Math.min(steps, MOST_ROWS));
    double[] x = seconds(rows, AnomaliesTable.TIMESTAMP);
    double[] y = numbers(rows, AnomaliesTable.VALUE);
    double low = Arrays.stream(y).filter(v -> !Double.isNaN(v)).min().orElse(0);
    double high = Arrays.stream(y).filter(v -> !Double.isNaN(v)).max().orElse(1);
    SvgChart chart = new SvgChart(seriesId + ", " + channel + ": events", WIDTH, HEIGHT);
    String name = "event";
    for (Row event : eventsOf(events, seriesId)) {
      double[] span = {
        seconds(event, EventsTable.START), Math.min(seconds(event, EventsTable.END), end(x))
      };
      if (x.length > 0 && span[0] >= x[0] && span[0] < span[1]) {
        chart.band(name, "#ff7f0e", span, new double[] {low, low}, new double[] {high, high});
        name = "";
      }
    }
    return chart.line("observed", "#333333", x, y).svg();
  }

  private static double end(double[] x) {
    return x.length == 0 ? 0 : x[x.length - 1];
  }

  /** The events of a series in the order of their start, one a line: start, kind, evidence. */
  public static List<String> eventLines(Dataset<Row> events, String seriesId) {
    return eventsOf(events, seriesId).stream()
        .map(
            event ->
                event.<Timestamp>getAs(EventsTable.START).toInstant()
                    + "  "
                    + event.getAs(EventsTable.KIND)
                    + "  "
                    + event.getAs(EventsTable.EVIDENCE))
        .toList();
  }

  private static List<Row> eventsOf(Dataset<Row> events, String seriesId) {
    Column timed = col(EventsTable.START).isNotNull().and(col(EventsTable.END).isNotNull());
    List<Row> rows =
        events
            .where(col(EventsTable.SERIES_ID).equalTo(seriesId).and(timed))
            .limit(MOST_ROWS)
            .collectAsList();
    return rows.stream()
        .sorted(Comparator.comparing(row -> row.<Timestamp>getAs(EventsTable.START)))
        .toList();
  }

  /**
   * The series and channel with the most anomalies. Counts are sorted here, not by Spark: a
   * notebook's Java kernel cannot compile Spark's ordering of texts.
   *
   * @return {@code series_id}, {@code channel}, {@code count}; empty where there is no anomaly
   */
  public static Optional<Row> loudest(Dataset<Row> anomalies) {
    List<Row> counts =
        anomalies
            .where(col(AnomaliesTable.IS_ANOMALY))
            .groupBy(AnomaliesTable.SERIES_ID, AnomaliesTable.CHANNEL)
            .count()
            .collectAsList();
    Comparator<Row> order =
        Comparator.<Row>comparingLong(row -> -row.getLong(2))
            .thenComparing(row -> row.getString(0))
            .thenComparing(row -> row.getString(1));
    return counts.stream().min(order);
  }

  private static Dataset<Row> of(Dataset<Row> table, String seriesId, String channel) {
    Column chosen =
        col(AnomaliesTable.SERIES_ID)
            .equalTo(seriesId)
            .and(col(AnomaliesTable.CHANNEL).equalTo(channel));
    return table.where(chosen.and(col(AnomaliesTable.TIMESTAMP).isNotNull()));
  }

  private static List<Row> last(Dataset<Row> rows, int count) {
    List<Row> newestFirst =
        new ArrayList<>(rows.orderBy(desc(AnomaliesTable.TIMESTAMP)).limit(count).collectAsList());
    Collections.reverse(newestFirst);
    return newestFirst;
  }

  private static double[] seconds(List<Row> rows, String column) {
    return rows.stream().mapToDouble(row -> seconds(row, column)).toArray();
  }

  private static double seconds(Row row, String column) {
    return row.<Timestamp>getAs(column).getTime() / 1000.0;
  }

  /** NaN, drawn as a break, where the table has no number. */
  private static double[] numbers(List<Row> rows, String column) {
    return rows.stream()
        .mapToDouble(
            row -> row.getAs(column) instanceof Number number ? number.doubleValue() : Double.NaN)
        .toArray();
  }
}

package io.longcast.report.page;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.max;

import io.longcast.table.ForecastsTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The newest forecast of a channel, by step.
 *
 * @param series of the channel
 * @param channel its name
 * @param places of the steps, see {@link ReportRows}
 * @param values point forecasts
 * @param lower80 lower end of the 80 % interval; likewise the others
 * @param status of the forecast
 */
public record ForecastFan(
    String series,
    String channel,
    List<Long> places,
    List<Double> values,
    List<Double> lower80,
    List<Double> upper80,
    List<Double> lower95,
    List<Double> upper95,
    String status) {
  private static final int MAX_ROWS = 20_000;
  private static final String ID = ForecastsTable.SERIES_ID;

  /** The fans of some series; two scans of their forecasts. */
  public static List<ForecastFan> of(Dataset<Row> forecasts, List<String> ids) {
    Dataset<Row> all =
        SeriesCatalog.of(forecasts, ids)
            .where(col(ForecastsTable.FORECAST).isNotNull())
            .withColumn(
                ReportRows.X,
                expr(
                    "coalesce(unix_micros(%s), `%s`)"
                        .formatted(ForecastsTable.TIMESTAMP, ForecastsTable.ROW)));
    Dataset<Row> newest =
        all.groupBy(col(ID)).agg(max(ForecastsTable.ORIGIN).as(ForecastsTable.ORIGIN));
    Map<List<String>, List<Row>> byChannel = new TreeMap<>(ForecastFan::compare);
    all.join(
            newest
                .withColumnRenamed(ID, "newest_id")
                .withColumnRenamed(ForecastsTable.ORIGIN, "newest"),
            col(ID)
                .equalTo(col("newest_id"))
                .and(col(ForecastsTable.ORIGIN).eqNullSafe(col("newest"))))
        .orderBy(col(ForecastsTable.STEP), col(ID), col(ForecastsTable.CHANNEL))
        .limit(MAX_ROWS)
        .collectAsList()
        .forEach(
            row ->
                byChannel
                    .computeIfAbsent(
                        List.of(row.getAs(ID), row.getAs(ForecastsTable.CHANNEL)),
                        key -> new ArrayList<>())
                    .add(row));
    Map<List<String>, ForecastFan> fans = new LinkedHashMap<>();
    byChannel.forEach((key, rows) -> fans.put(key, of(key, rows)));
    return List.copyOf(fans.values());
  }

  private static int compare(List<String> a, List<String> b) {
    int bySeries = a.get(0).compareTo(b.get(0));
    return bySeries != 0 ? bySeries : a.get(1).compareTo(b.get(1));
  }

  private static ForecastFan of(List<String> key, List<Row> rows) {
    return new ForecastFan(
        key.get(0),
        key.get(1),
        rows.stream().map(row -> row.<Long>getAs(ReportRows.X)).toList(),
        column(rows, ForecastsTable.FORECAST),
        column(rows, ForecastsTable.LOWER_80),
        column(rows, ForecastsTable.UPPER_80),
        column(rows, ForecastsTable.LOWER_95),
        column(rows, ForecastsTable.UPPER_95),
        rows.get(0).getAs(ForecastsTable.STATUS));
  }

  private static List<Double> column(List<Row> rows, String name) {
    List<Double> values = new ArrayList<>();
    rows.forEach(row -> values.add(Rounded.of(row.getAs(name))));
    return values;
  }
}

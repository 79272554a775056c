package io.longcast.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.longcast.config.RunSpec;
import io.longcast.table.EventsTable;
import io.longcast.table.ForecastsTable;
import io.longcast.table.TableShape;
import io.longcast.write.TableReader;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A few rows of what a command wrote, for the terminal. */
final class RunExtracts {
  private static final int MAX_FORECASTS = 10;
  private static final int MAX_EVENTS = 5;

  private RunExtracts() {}

  /** The newest forecasts of the first series and channels, a line each, with a sparkline. */
  static List<String> forecasts(SparkSession spark, RunSpec run, String modelId) {
    Dataset<Row> all =
        of(spark, run, ForecastsTable.TABLE, modelId)
            .where(col(ForecastsTable.FORECAST).isNotNull());
    Row newest = all.select(max(ForecastsTable.ORIGIN)).head();
    Dataset<Row> rows =
        newest.isNullAt(0)
            ? all
            : all.where(col(ForecastsTable.ORIGIN).equalTo(lit(newest.getTimestamp(0))));
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        List.of(
            "series", "channel", "first step", "forecast", "first", "last", "80 % of the last"));
    List<Row> first =
        rows.where(col(ForecastsTable.STEP).equalTo(1))
            .orderBy(ForecastsTable.SERIES_ID, ForecastsTable.CHANNEL)
            .limit(MAX_FORECASTS)
            .collectAsList();
    List<Row> steps =
        first.stream()
            .map(RunExtracts::isOf)
            .reduce(Column::or)
            .map(chosen -> rows.where(chosen).orderBy(ForecastsTable.STEP).collectAsList())
            .orElse(List.of());
    first.forEach(one -> lines.add(line(one, steps)));
    return lines.size() == 1 ? List.of() : AlignedText.lines(lines);
  }

  private static Column isOf(Row first) {
    return col(ForecastsTable.SERIES_ID)
        .equalTo(first.<String>getAs(ForecastsTable.SERIES_ID))
        .and(col(ForecastsTable.CHANNEL).equalTo(first.<String>getAs(ForecastsTable.CHANNEL)));
  }

  /**
   * A forecast of one channel.
   *
   * @param all steps of some channels, in their order
   */
  private static List<String> line(Row first, List<Row> all) {
    String series = first.getAs(ForecastsTable.SERIES_ID);
    String channel = first.getAs(ForecastsTable.CHANNEL);
    List<Row> steps =
        all.stream()
            .filter(row -> series.equals(row.getAs(ForecastsTable.SERIES_ID)))
            .filter(row -> channel.equals(row.getAs(ForecastsTable.CHANNEL)))
            .toList();
    List<Double> values =
        steps.stream().map(row -> row.<Double>getAs(ForecastsTable.FORECAST)).toList();
    Row last = steps.get(steps.size() - 1);
    return List.of(
        AlignedText.cut(series),
        channel,
        time(first, ForecastsTable.TIMESTAMP),
        Sparkline.of(values),
        shown(values.get(0)),
        shown(values.get(values.size() - 1)),
        last.isNullAt(last.fieldIndex(ForecastsTable.LOWER_80))
            ? ""
            : shown(last.getAs(ForecastsTable.LOWER_80))
                + " to "
                + shown(last.getAs(ForecastsTable.UPPER_80)));
  }

  /** The events with the highest scores, a line each. */
  static List<String> events(SparkSession spark, RunSpec run, String modelId) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("top events", "start", "end", "kind", "evidence"));
    of(spark, run, EventsTable.TABLE, modelId)
        .orderBy(desc(EventsTable.PEAK_SCORE), col(EventsTable.SERIES_ID), col(EventsTable.START))
        .limit(MAX_EVENTS)
        .collectAsList()
        .forEach(
            row ->
                lines.add(
                    List.of(
                        AlignedText.cut(row.getAs(EventsTable.SERIES_ID)),
                        time(row, EventsTable.START),
                        time(row, EventsTable.END),
                        text(row, EventsTable.KIND),
                        AlignedText.cut(text(row, EventsTable.EVIDENCE)))));
    return lines.size() == 1 ? List.of() : AlignedText.lines(lines);
  }

  private static Dataset<Row> of(
      SparkSession spark, RunSpec run, TableShape table, String modelId) {
    return new TableReader(spark, run.output())
        .read(table)
        .where(col(ForecastsTable.MODEL_ID).equalTo(modelId));
  }

  private static String time(Row row, String column) {
    return Optional.ofNullable(row.<Timestamp>getAs(column))
        .map(Timestamp::toInstant)
        .map(Instant::toString)
        .orElse("");
  }

  private static String text(Row row, String column) {
    return Optional.ofNullable(row.<String>getAs(column)).orElse("");
  }

  private static String shown(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}

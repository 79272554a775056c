package io.longcast.backtest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_micros;

import io.longcast.evaluate.ErrorScale;
import io.longcast.evaluate.WindowForecast;
import io.longcast.series.Segment;
import io.longcast.table.ForecastsTable;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * Past forecasts beside the values that were observed since, scored as a backtest scores its
 * windows. Two shuffles: of the forecasts by window and series, and of the series.
 */
public final class AccuracyStage {
  private static final String STEPS = "_steps";
  private static final String MICROS = "_micros";

  private AccuracyStage() {}

  /**
   * What was forecast.
   *
   * @param channels in layout order
   * @param levels of the quantiles, ascending
   * @param horizon steps
   * @param season lag of the in-sample error that MASE divides by
   * @param modelId whose forecasts
   */
  public record Plan(
      List<String> channels, List<Double> levels, int horizon, int season, String modelId)
      implements Serializable {
    public Plan {
      channels = List.copyOf(channels);
      levels = List.copyOf(levels);
    }
  }

  /**
   * The forecasts of each series with what was observed; series without an observed value are
   * absent. Computed at every use.
   *
   * @param segments whole series on a grid, with the values that came since
   * @param forecasts in the shape of {@link ForecastsTable}, of the plan's model
   */
  public static JavaRDD<SeriesAccuracy> evaluate(
      JavaRDD<Segment> segments, Dataset<Row> forecasts, Plan plan) {
    return segments
        .mapToPair(segment -> new Tuple2<>(segment.seriesId(), segment))
        .join(windows(forecasts, plan).groupByKey())
        .values()
        .map(pair -> SeriesAccuracy.of(pair._1, pair._2, plan))
        .filter(series -> !series.windows().isEmpty());
  }

  private static JavaPairRDD<String, PastForecast> windows(Dataset<Row> forecasts, Plan plan) {
    return forecasts
        .where(col(ForecastsTable.STEP).isNotNull().and(col(ForecastsTable.ORIGIN).isNotNull()))
        .groupBy(
            col(ForecastsTable.SERIES_ID),
            col(ForecastsTable.CHANNEL),
            unix_micros(col(ForecastsTable.ORIGIN)).as(MICROS))
        .agg(
            sort_array(
                    collect_list(
                        struct(
                            col(ForecastsTable.STEP),
                            col(ForecastsTable.FORECAST),
                            col(ForecastsTable.QUANTILES + "." + ForecastsTable.VALUE))))
                .as(STEPS))
        .toJavaRDD()
        .mapToPair(row -> new Tuple2<>(row.getString(0), window(row, plan)));
  }

  private static PastForecast window(Row row, Plan plan) {
    int levels = plan.levels().size();
    float[] point = new float[plan.horizon()];
    float[] quantiles = new float[plan.horizon() * levels];
    List<Row> steps = row.getList(3);
    if (steps.size() != plan.horizon()) {
      throw new IllegalArgumentException(
          "a forecast of %s has %d steps, expected %d of model %s"
              .formatted(row.getString(0), steps.size(), plan.horizon(), plan.modelId()));
    }
    double first = steps.get(0).getDouble(1);
    double offset = (float) first == first ? 0 : first;
    for (int t = 0; t < point.length; t++) {
      point[t] = (float) (steps.get(t).getDouble(1) - offset);
      List<Double> values = steps.get(t).getList(2);
      for (int q = 0; q < levels; q++) {
        quantiles[t * levels + q] = (float) (values.get(q) - offset);
      }
    }
    int channel = plan.channels().indexOf(row.getString(1));
    return new PastForecast(channel, row.getLong(2), offset, point, quantiles);
  }

  /**
   * A series with its forecasts that have an observed value.
   *
   * @param seriesId the series
   * @param windows its forecasts and what was observed
   */
  public record SeriesAccuracy(String seriesId, List<Window> windows) implements Serializable {
    private static final long serialVersionUID = 1L;

    static SeriesAccuracy of(Segment segment, Iterable<PastForecast> forecasts, Plan plan) {
      List<Window> windows = new ArrayList<>();
      Iterator<PastForecast> each = forecasts.iterator();
      while (each.hasNext()) {
        PastForecast past = each.next();
        past.with(segment, plan.season()).ifPresent(found -> windows.add(Window.of(past, found)));
      }
      windows.sort(
          (one, other) ->
              one.origin() != other.origin()
                  ? Long.compare(one.origin(), other.origin())
                  : Integer.compare(one.channel(), other.channel()));
      return new SeriesAccuracy(segment.seriesId(), windows);
    }
  }

  /**
   * One forecast with what was observed.
   *
   * @param channel index in the layout
   * @param origin microseconds since the epoch
   * @param offset what the values are measured from
   */
  public record Window(
      int channel,
      long origin,
      double offset,
      float[] actual,
      float[] observed,
      float[] point,
      float[] quantiles,
      ErrorScale scale)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    static Window of(PastForecast past, WindowForecast found) {
      return new Window(
          past.channel(),
          past.origin(),
          past.offset(),
          found.actual(),
          found.observed(),
          found.point(),
          found.quantiles(),
          found.scale());
    }

    WindowForecast forecast() {
      return new WindowForecast(actual, observed, point, quantiles, scale).measuredFrom(offset);
    }
  }
}

package io.longcast.backtest;

import io.longcast.evaluate.Metric;
import java.io.Serializable;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Rows of the accuracy table. */
public final class AccuracyRows implements Serializable {
  private static final long serialVersionUID = 1L;

  private final AccuracyStage.Plan plan;

  /** Rows of forecasts of a plan. */
  public AccuracyRows(AccuracyStage.Plan plan) {
    this.plan = plan;
  }

  /** Of one series, by channel. */
  public Iterator<Row> of(AccuracyStage.SeriesAccuracy series) {
    List<Row> rows = new ArrayList<>();
    FleetAccuracy.ofSeries(series)
        .forEach(
            (channel, metrics) ->
                add(
                    rows,
                    "series",
                    series.seriesId(),
                    plan.channels().get(channel),
                    null,
                    null,
                    null,
                    metrics));
    return rows.iterator();
  }

  /** Of all series together. */
  public List<Row> of(FleetAccuracy accuracy) {
    List<Row> rows = new ArrayList<>();
    add(rows, "fleet", null, null, null, null, null, accuracy.metrics());
    accuracy
        .byChannel()
        .forEach((channel, all) -> add(rows, "fleet", null, channel, null, null, null, all));
    accuracy
        .byDay()
        .forEach(
            (day, all) -> {
              Date date = Date.valueOf(LocalDate.ofEpochDay(day));
              add(rows, "day", null, null, date, null, null, all);
            });
    accuracy
        .byFirstStep()
        .forEach(
            (step, all) ->
                add(rows, "steps", null, null, null, step, accuracy.lastStep(step), all));
    return rows;
  }

  private void add(
      List<Row> rows,
      String scope,
      String series,
      String channel,
      Date day,
      Integer from,
      Integer to,
      List<Metric> metrics) {
    for (Metric metric : metrics) {
      Double value = Double.isNaN(metric.value()) ? null : (Double) metric.value();
      rows.add(
          RowFactory.create(
              plan.modelId(),
              scope,
              series,
              channel,
              day,
              from,
              to,
              metric.name(),
              value,
              metric.count()));
    }
  }
}

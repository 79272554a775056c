package io.longcast.anomaly;

import io.longcast.table.AnomaliesTable;
import io.longcast.table.PartitionPeriod;
import java.io.Serializable;
import java.sql.Timestamp;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** The rows of a scored series in {@link AnomaliesTable}. */
final class AnomalyRows implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int COLUMNS = 16;

  private final List<String> channels;
  private final AnomalySpec.Keep keep;
  private final String modelId;

  AnomalyRows(List<String> channels, AnomalySpec.Keep keep, String modelId) {
    this.channels = channels;
    this.keep = keep;
    this.modelId = modelId;
  }

  /**
   * One row for each observed value that was scored, and for each anomalous one that is missing.
   * Rows of an earlier run that got their settled score come again with it.
   */
  Iterator<Row> of(ScoredSeries series) {
    return of(series, series.results().first());
  }

  /** Those from a step of the segment on. */
  Iterator<Row> of(ScoredSeries series, int from) {
    return IntStream.range(from, series.to())
        .boxed()
        .flatMap(step -> step(series, step))
        .iterator();
  }

  private Stream<Row> step(ScoredSeries series, int step) {
    return IntStream.range(0, channels.size())
        .filter(channel -> isKept(series, channel, step))
        .mapToObj(channel -> row(series, channel, step));
  }

  private boolean isKept(ScoredSeries series, int channel, int step) {
    if (step < series.from() && !series.results().isChanged(channel, step)) {
      return false;
    }
    return series.isAnomaly(channel, step)
        || keep == AnomalySpec.Keep.ALL && series.segment().isObserved(channel, step);
  }

  private Row row(ScoredSeries series, int channel, int step) {
    boolean observed = series.segment().isObserved(channel, step);
    Object[] columns = new Object[COLUMNS];
    columns[0] = series.segment().seriesId();
    columns[1] = channels.get(channel);
    columns[2] = series.segment().axis().instant(step).map(Timestamp::from).orElse(null);
    columns[3] = series.segment().axis().row(step).orElse(null);
    columns[4] = observed ? (Double) series.segment().row(channel).asRead(step) : null;
    columns[5] = series.expectations().expected(channel, step);
    columns[6] = series.expectations().lower(channel, step);
    columns[7] = series.expectations().upper(channel, step);
    columns[8] = -Math.expm1(-series.surprisal(channel, step));
    columns[9] = -Math.expm1(-series.threshold(channel, step));
    columns[10] = series.isAnomaly(channel, step);
    columns[11] = series.contribution(channel, step, channels.size());
    float settled = series.results().settled(channel, step);
    columns[12] = Float.isNaN(settled) ? null : Double.valueOf(-Math.expm1(-settled));
    columns[13] = series.results().component(channel, step);
    columns[14] = modelId;
    columns[15] = PartitionPeriod.of(series.segment().axis()).of((Timestamp) columns[2]);
    return RowFactory.create(columns);
  }
}

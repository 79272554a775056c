package io.longcast.anomaly;

import io.longcast.anomaly.score.TailModel;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Turns the residuals of a segment into rows of the anomalies table. */
final class AnomalyRows {
  private static final int COLUMNS = 14;

  private final SeriesLayout layout;
  private final List<TailModel> tails;
  private final AnomalySpec spec;
  private final double probability;
  private final String modelId;

  /**
   * @param tails tail of the measure, one a channel
   * @param probability of a false alarm a step and channel that the budget allows
   */
  AnomalyRows(
      SeriesLayout layout,
      List<TailModel> tails,
      AnomalySpec spec,
      double probability,
      String modelId) {
    this.layout = layout;
    this.tails = tails;
    this.spec = spec;
    this.probability = probability;
    this.modelId = modelId;
  }

  List<Row> rows(Segment segment, SegmentResiduals residuals, int from, int to) {
    List<Row> rows = new ArrayList<>();
    AlarmControl control = new AlarmControl(probability, tails.size(), spec.silence());
    double[] exceedances = new double[tails.size()];
    for (int step = from; step < to; step++) {
      double threshold = control.threshold();
      double least = exceedances(residuals, step, exceedances);
      boolean alarm = !Double.isNaN(least) && control.alarms(step, least);
      double total = total(residuals, step);
      for (int channel = 0; channel < tails.size(); channel++) {
        boolean isAnomaly = alarm && exceedances[channel] <= threshold;
        boolean scored = !Double.isNaN(exceedances[channel]);
        if (scored && (isAnomaly || spec.keep() == AnomalySpec.Keep.ALL)) {
          double measure = residuals.measure(channel, step);
          double share = total > 0 ? measure * measure / total : 0;
          Scored scores = new Scored(exceedances[channel], threshold, isAnomaly, share);
          rows.add(row(segment, channel, step, residuals, scores));
        }
      }
    }
    return rows;
  }

  private record Scored(double exceedance, double threshold, boolean isAnomaly, double share) {}

  /** Fills the exceedances of a step, NaN where a channel has no score; returns the smallest. */
  private double exceedances(SegmentResiduals residuals, int step, double[] into) {
    double least = Double.NaN;
    for (int channel = 0; channel < tails.size(); channel++) {
      double measure = residuals.measure(channel, step);
      into[channel] = Double.isNaN(measure) ? Double.NaN : tails.get(channel).exceedance(measure);
      if (!Double.isNaN(measure)) {
        least = Double.isNaN(least) ? into[channel] : Math.min(least, into[channel]);
      }
    }
    return least;
  }

  private double total(SegmentResiduals residuals, int step) {
    double total = 0;
    for (int channel = 0; channel < tails.size(); channel++) {
      double measure = residuals.measure(channel, step);
      total += Double.isNaN(measure) ? 0 : measure * measure;
    }
    return total;
  }

  private Row row(
      Segment segment, int channel, int step, SegmentResiduals residuals, Scored scores) {
    Object[] columns = new Object[COLUMNS];
    columns[0] = segment.seriesId();
    columns[1] = layout.channels().get(channel);
    columns[2] = segment.axis().instant(step).map(Timestamp::from).orElse(null);
    columns[3] = segment.axis().row(step).orElse(null);
    columns[4] = (double) segment.row(channel)[step];
    columns[5] = (double) residuals.expected(channel, step);
    columns[6] = (double) residuals.lower(channel, step);
    columns[7] = (double) residuals.upper(channel, step);
    columns[8] = 1 - scores.exceedance();
    columns[9] = 1 - scores.threshold();
    columns[10] = scores.isAnomaly();
    columns[11] = scores.share();
    columns[12] = modelId;
    columns[13] = day((Timestamp) columns[2]);
    return RowFactory.create(columns);
  }

  private static Date day(Timestamp at) {
    return at == null ? null : Date.valueOf(at.toInstant().atZone(ZoneOffset.UTC).toLocalDate());
  }
}

package io.longcast.anomaly;

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
    int silentUntil = Integer.MIN_VALUE;
    for (int step = from; step < to; step++) {
      boolean alarmed = false;
      double total = total(residuals, step);
      for (int channel = 0; channel < tails.size(); channel++) {
        double measure = residuals.measure(channel, step);
        if (!Double.isNaN(measure)) {
          double exceedance = tails.get(channel).exceedance(measure);
          boolean alarm = exceedance <= probability && step >= silentUntil;
          alarmed |= alarm;
          if (alarm || spec.keep() == AnomalySpec.Keep.ALL) {
            double share = total > 0 ? measure * measure / total : 0;
            rows.add(row(segment, channel, step, residuals, exceedance, alarm, share));
          }
        }
      }
      silentUntil = alarmed ? step + 1 + spec.silence() : silentUntil;
    }
    return rows;
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
      Segment segment,
      int channel,
      int step,
      SegmentResiduals residuals,
      double exceedance,
      boolean alarm,
      double share) {
    Object[] columns = new Object[COLUMNS];
    columns[0] = segment.seriesId();
    columns[1] = layout.channels().get(channel);
    columns[2] = segment.axis().instant(step).map(Timestamp::from).orElse(null);
    columns[3] = segment.axis().row(step).orElse(null);
    columns[4] = (double) segment.row(channel)[step];
    columns[5] = (double) residuals.expected(channel, step);
    columns[6] = (double) residuals.lower(channel, step);
    columns[7] = (double) residuals.upper(channel, step);
    columns[8] = 1 - exceedance;
    columns[9] = 1 - probability;
    columns[10] = alarm;
    columns[11] = share;
    columns[12] = modelId;
    columns[13] = day((Timestamp) columns[2]);
    return RowFactory.create(columns);
  }

  private static Date day(Timestamp at) {
    return at == null ? null : Date.valueOf(at.toInstant().atZone(ZoneOffset.UTC).toLocalDate());
  }
}

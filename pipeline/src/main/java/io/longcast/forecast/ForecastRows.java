package io.longcast.forecast;

import io.longcast.model.ForecastBatch;
import io.longcast.series.Segment;
import io.longcast.table.ForecastsTable;
import io.longcast.table.PartitionDate;
import io.longcast.window.WindowBatch;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Turns forecasts into rows of the forecasts table, column for column. */
final class ForecastRows {
  private static final int COLUMNS = 17;
  private static final double[] COVERAGES = {.80, .90, .95};

  private final ForecastPlan plan;
  private final Intervals intervals;
  private long widened;

  ForecastRows(ForecastPlan plan, List<Double> levels) {
    this.plan = plan;
    intervals = new Intervals(levels);
  }

  /** Ends of intervals that had to move to contain their point. */
  long widened() {
    return widened;
  }

  /**
   * Rows of window {@code i}: one a step, or one with a status where the forecast is not finite.
   */
  List<Row> rows(WindowBatch windows, ForecastBatch forecasts, int i) {
    List<Row> rows = new ArrayList<>(windows.horizon());
    Timestamp origin = at(windows.segment(i), windows.origin(i));
    Date day = PartitionDate.of(origin);
    for (int t = 0; t < windows.horizon(); t++) {
      if (!Float.isFinite(forecasts.point(i, t))) {
        return List.of(
            status(
                windows.segment(i),
                channel(windows, i),
                "the model gave no finite number at step " + (t + 1)));
      }
      rows.add(row(windows, forecasts, i, t, origin, day));
    }
    return rows;
  }

  /** The one row of a series or channel without a forecast. */
  Row status(Segment segment, String channel, String status) {
    Object[] columns = new Object[COLUMNS];
    columns[0] = segment.seriesId();
    columns[1] = channel;
    columns[2] = at(segment, segment.length());
    columns[14] = status;
    columns[15] = plan.modelId();
    columns[16] = PartitionDate.of((Timestamp) columns[2]);
    return RowFactory.create(columns);
  }

  private Row row(
      WindowBatch windows, ForecastBatch forecasts, int i, int t, Timestamp origin, Date day) {
    Segment segment = windows.segment(i);
    int step = windows.origin(i) + t;
    Object[] columns = new Object[COLUMNS];
    columns[0] = segment.seriesId();
    columns[1] = channel(windows, i);
    columns[2] = origin;
    columns[3] = t + 1;
    columns[4] = at(segment, step);
    columns[5] = segment.axis().row(step).orElse(null);
    double point = constrained(forecasts.point(i, t));
    columns[6] = point;
    for (int c = 0; c < COVERAGES.length; c++) {
      columns[7 + 2 * c] = end(forecasts, i, t, intervals.lower(COVERAGES[c]), point, true);
      columns[8 + 2 * c] = end(forecasts, i, t, intervals.upper(COVERAGES[c]), point, false);
    }
    columns[13] = quantiles(forecasts, i, t);
    columns[14] = ForecastsTable.OK;
    columns[15] = plan.modelId();
    columns[16] = day;
    return RowFactory.create(columns);
  }

  private Double end(
      ForecastBatch forecasts, int i, int t, OptionalInt level, double point, boolean lower) {
    if (level.isEmpty()) {
      return null;
    }
    double value = floored(forecasts.quantile(i, t, level.getAsInt()));
    boolean outside = lower ? value > point : value < point;
    if (outside) {
      widened++;
    }
    return outside ? point : value;
  }

  private Row[] quantiles(ForecastBatch forecasts, int i, int t) {
    double[] levels = intervals.levels();
    Row[] pairs = new Row[levels.length];
    for (int q = 0; q < pairs.length; q++) {
      pairs[q] = RowFactory.create(levels[q], floored(forecasts.quantile(i, t, q)));
    }
    return pairs;
  }

  private double constrained(double value) {
    double floored = floored(value);
    return plan.spec().wholeNumbers() ? Math.rint(floored) : floored;
  }

  private double floored(double value) {
    return plan.spec().nonNegative() ? Math.max(0, value) : value;
  }

  private String channel(WindowBatch windows, int i) {
    return plan.layout().channels().get(windows.channel(i));
  }

  private static Timestamp at(Segment segment, int step) {
    return segment.axis().instant(step).map(Timestamp::from).orElse(null);
  }
}

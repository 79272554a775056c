package io.longcast.forecast;

import io.longcast.model.ForecastBatch;
import io.longcast.series.Segment;
import io.longcast.sparkinternals.EngineRow;
import io.longcast.table.ForecastStatus;
import io.longcast.table.PartitionPeriod;
import io.longcast.window.WindowBatch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.unsafe.types.UTF8String;

/** Turns forecasts into rows of the forecasts table, column for column, as Spark holds them. */
final class ForecastRows {
  private static final int COLUMNS = 18;
  private static final double[] COVERAGES = {.80, .90, .95};

  private final ForecastSpec spec;
  private final ForecastCautions cautions;
  private final List<UTF8String> channels;
  private final UTF8String modelId;
  private final double[] levels;

  /** Level index of the lower and upper end of each coverage, -1 where the model gives none. */
  private final int[] ends;

  private final PointRevision revision;
  private final ForecastCounts counts;

  ForecastRows(
      ForecastPlan plan, List<Double> levels, PointRevision revision, ForecastCounts counts) {
    this.revision = revision;
    this.counts = counts;
    spec = plan.spec();
    cautions = new ForecastCautions(plan);
    channels = plan.layout().channels().stream().map(UTF8String::fromString).toList();
    modelId = UTF8String.fromString(plan.modelId());
    Intervals intervals = new Intervals(levels);
    this.levels = intervals.levels();
    ends =
        Arrays.stream(COVERAGES)
            .mapToObj(c -> List.of(intervals.lower(c).orElse(-1), intervals.upper(c).orElse(-1)))
            .flatMapToInt(pair -> pair.stream().mapToInt(Integer::intValue))
            .toArray();
  }

  /**
   * Adds the rows of window {@code i}: one a step, or one with a status where the forecast is not
   * finite.
   */
  void add(WindowBatch windows, ForecastBatch forecasts, int i, List<EngineRow> to) {
    Segment segment = windows.segment(i);
    int origin = windows.origin(i);
    double[] base = OriginForecasts.points(windows, forecasts, i);
    double[] points = revision.revised(segment, windows.channel(i), base.clone());
    for (int t = 0; t < points.length; t++) {
      if (!Double.isFinite(points[t])) {
        String why = "the model gave no finite number at step " + (t + 1);
        to.add(none(segment, windows.channel(i), origin, ForecastStatus.NOT_FINITE, why));
        return;
      }
    }
    Object[] head = head(segment, windows.channel(i), origin);
    for (int t = 0; t < windows.horizon(); t++) {
      Object[] columns = head.clone();
      int step = origin + t;
      columns[3] = t + 1;
      columns[4] = StepTime.micros(segment.axis(), step);
      columns[5] = segment.axis().row(step).orElse(null);
      columns[6] = spec.published(points[t]);
      if (Double.isFinite(base[t])) {
        quantiles(forecasts, i, t, windows.offset(i) + (points[t] - base[t]), columns);
      }
      to.add(EngineRow.of(columns));
    }
  }

  /** The one row of a series or channel without a forecast. */
  EngineRow none(Segment segment, int channel, int origin, ForecastStatus status, String reason) {
    return EngineRow.of(head(segment, channel, origin, status, reason));
  }

  /** The same of a forecast, with its cautions. */
  private Object[] head(Segment segment, int channel, int origin) {
    ForecastStatus status = cautions.status(segment, origin);
    String reason = cautions.reason(segment, origin);
    Optional<String> missing = revision.missing(segment, channel);
    if (missing.isPresent()) {
      status =
          status.compareTo(ForecastStatus.MISSING_MEMBERS) > 0
              ? status
              : ForecastStatus.MISSING_MEMBERS;
      reason = reason == null ? missing.get() : reason + "; " + missing.get();
    }
    return head(segment, channel, origin, status, reason);
  }

  /** What all rows of a window share. */
  private Object[] head(
      Segment segment, int channel, int origin, ForecastStatus status, String reason) {
    counts.add(status);
    Object[] columns = new Object[COLUMNS];
    Long micros = StepTime.micros(segment.axis(), origin);
    columns[0] = UTF8String.fromString(segment.seriesId());
    columns[1] = channels.get(channel);
    columns[2] = micros;
    columns[14] = UTF8String.fromString(status.word());
    columns[15] = UTF8String.fromString(reason);
    columns[16] = modelId;
    columns[17] =
        micros == null ? null : (Integer) PartitionPeriod.of(segment.axis()).epochDay(micros);
    return columns;
  }

  /**
   * Of a point that the model gave itself, or that was moved from one.
   *
   * @param offset to be added
   */
  private void quantiles(ForecastBatch forecasts, int i, int t, double offset, Object[] columns) {
    double point = (Double) columns[6];
    for (int e = 0; e < ends.length; e++) {
      columns[7 + e] =
          ends[e] < 0
              ? null
              : (Double) end(offset + forecasts.quantile(i, t, ends[e]), point, e % 2 == 0);
    }
    Object[] pairs = new Object[levels.length];
    for (int q = 0; q < pairs.length; q++) {
      double value = spec.floored(offset + forecasts.quantile(i, t, q));
      pairs[q] = EngineRow.struct(levels[q], value);
    }
    columns[13] = EngineRow.array(pairs);
  }

  private double end(double quantile, double point, boolean lower) {
    double value = spec.floored(quantile);
    boolean outside = lower ? value > point : value < point;
    if (outside) {
      counts.widened().add(1);
    }
    return outside ? point : value;
  }
}

package io.longcast.anomaly;

import io.longcast.forecast.IntervalCalibration;
import io.longcast.forecast.Intervals;
import io.longcast.model.ForecastBatch;
import io.longcast.model.Forecaster;
import io.longcast.series.Segment;
import io.longcast.window.BatchCutter;
import io.longcast.window.WindowBatch;

/**
 * Runs a forecaster along a segment: from origins {@code stride} steps apart it expects the next
 * {@code stride} values, so that each step is compared with a forecast made before it.
 *
 * <p>The measure of a step is {@code |y - expected| / max(spread, floor)}: {@code spread} is the
 * standard deviation the quantiles imply, {@code floor} a tenth of the running mean of absolute
 * residuals of the channel (updated after the step), so that a model sure of itself cannot divide
 * by nothing and no unit enters.
 */
final class ResidualScan {
  private static final double FLOOR = .1;
  private static final double MEMORY = 1.0 / 500;

  private final Forecaster forecaster;
  private final BatchCutter cutter;
  private final IntervalCalibration calibration;
  private final Intervals intervals;
  private final WindowBatch windows;
  private final ForecastBatch forecasts;
  private final int stride;
  private final int low;
  private final int high;

  ResidualScan(
      Forecaster forecaster,
      BatchCutter cutter,
      IntervalCalibration calibration,
      AnomalySpec spec) {
    this.forecaster = forecaster;
    this.cutter = cutter;
    this.calibration = calibration;
    intervals = new Intervals(forecaster.quantileLevels());
    windows = cutter.newBatch(spec.batchSize());
    forecasts =
        new ForecastBatch(spec.batchSize(), windows.horizon(), forecaster.quantileLevels().size());
    stride = Math.min(spec.stride(), windows.horizon());
    low = intervals.lower(.95).orElse(-1);
    high = intervals.upper(.95).orElse(-1);
  }

  /** Fills the residuals of the steps {@code [from, to)} of a segment. */
  void scan(Segment segment, int channels, int from, int to, SegmentResiduals into) {
    into.reset(channels, segment.length());
    for (int channel = 0; channel < channels; channel++) {
      for (int origin = from; origin < to; origin += stride) {
        cutter.cut(segment, channel, origin, windows);
        if (windows.size() == windows.capacity()) {
          flush(to, into);
        }
      }
    }
    flush(to, into);
    for (int channel = 0; channel < channels; channel++) {
      standardize(segment, channel, from, to, into);
    }
  }

  private void flush(int to, SegmentResiduals into) {
    if (windows.size() == 0) {
      return;
    }
    forecaster.forecast(windows, forecasts);
    calibration.apply(forecasts, windows.size());
    for (int i = 0; i < windows.size(); i++) {
      int origin = windows.origin(i);
      for (int t = 0; t < stride && origin + t < to; t++) {
        if (windows.segment(i).isObserved(windows.channel(i), origin + t)) {
          set(i, t, into);
        }
      }
    }
    windows.clear();
  }

  /** Keeps the spread in the place of the measure until {@link #standardize} divides by it. */
  private void set(int i, int t, SegmentResiduals into) {
    float point = forecasts.point(i, t);
    float lower = low < 0 ? point : Math.min(point, forecasts.quantile(i, t, low));
    float upper = high < 0 ? point : Math.max(point, forecasts.quantile(i, t, high));
    double spread = intervals.spread(forecasts, i, t);
    into.set(
        windows.channel(i),
        windows.origin(i) + t,
        point,
        lower,
        upper,
        Double.isNaN(spread) ? 0 : spread);
  }

  private static void standardize(
      Segment segment, int channel, int from, int to, SegmentResiduals into) {
    float[] values = segment.row(channel);
    double mean = 0;
    int count = 0;
    for (int step = from; step < to; step++) {
      double spread = into.measure(channel, step);
      if (!Double.isNaN(spread)) {
        double off = Math.abs(values[step] - into.expected(channel, step));
        mean += (off - mean) * Math.max(1.0 / (count + 1), MEMORY);
        count++;
        double scale = Math.max(spread, FLOOR * mean);
        into.measure(channel, step, scale > 0 ? off / scale : 0);
      }
    }
  }
}

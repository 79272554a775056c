package io.longcast.anomaly;

import io.longcast.forecast.Intervals;
import io.longcast.model.ForecastBatch;
import io.longcast.model.WindowForecaster;
import io.longcast.series.Segment;
import io.longcast.window.BatchCutter;
import io.longcast.window.WindowBatch;

/**
 * Runs a forecaster along a segment: from origins {@code stride} steps apart it expects the next
 * {@code stride} values, so that each step is compared with a forecast made before it. Origins are
 * multiples of the stride in the series, wherever the scan begins.
 */
final class ExpectationScan {
  private final DetectorContext plan;
  private final WindowForecaster forecaster;
  private final BatchCutter cutter;
  private final Intervals intervals;
  private final WindowBatch windows;
  private final ForecastBatch forecasts;
  private final int stride;
  private final int low;
  private final int high;

  ExpectationScan(WindowForecaster forecaster, DetectorContext plan) {
    this.plan = plan;
    this.forecaster = forecaster;
    cutter = plan.cutter().open();
    intervals = new Intervals(forecaster.quantileLevels());
    windows = cutter.newBatch(plan.spec().batchSize());
    stride = Math.min(plan.spec().stride(), windows.horizon());
    int levels = intervals.levels().length;
    forecasts = new ForecastBatch(windows.capacity(), windows.horizon(), levels, stride);
    low = intervals.lower(.95).orElse(-1);
    high = intervals.upper(.95).orElse(-1);
  }

  /** What is expected at the steps {@code [from, to)} of a segment; nothing elsewhere. */
  Expectations scan(Segment segment, int from, int to) {
    Expectations into = new Expectations(plan.channels(), from, to);
    long phase = Math.floorMod(segment.seriesStep() + from, stride);
    for (int channel = 0; channel < plan.channels(); channel++) {
      for (long origin = from - phase; origin < to; origin += stride) {
        if (origin >= 1) {
          cutter.cut(segment, channel, (int) origin, windows);
        }
        if (windows.size() == windows.capacity()) {
          flush(from, to, into);
        }
      }
    }
    flush(from, to, into);
    return into;
  }

  private void flush(int from, int to, Expectations into) {
    if (windows.size() == 0) {
      return;
    }
    forecaster.forecast(windows, forecasts);
    plan.calibration().apply(windows, forecasts);
    for (int i = 0; i < windows.size(); i++) {
      int origin = windows.origin(i);
      for (int t = Math.max(0, from - origin); t < stride && origin + t < to; t++) {
        set(i, t, into);
      }
    }
    windows.clear();
  }

  private void set(int i, int t, Expectations into) {
    float point = forecasts.point(i, t);
    float lower = low < 0 ? point : Math.min(point, forecasts.quantile(i, t, low));
    float upper = high < 0 ? point : Math.max(point, forecasts.quantile(i, t, high));
    double spread = intervals.spread(forecasts, i, t);
    into.set(
        windows.channel(i),
        windows.origin(i) + t,
        windows.offset(i),
        point,
        lower,
        upper,
        Double.isNaN(spread) ? 0 : (float) spread);
  }
}

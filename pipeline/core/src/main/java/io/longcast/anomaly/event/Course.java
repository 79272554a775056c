package io.longcast.anomaly.event;

import io.longcast.series.Segment;
import io.longcast.series.SeriesValues;
import java.util.Arrays;

/**
 * One channel of a series around an event: its values, which of them were observed, and what the
 * same phase of the seasons before would suggest. Copies nothing.
 *
 * @param segment the series
 * @param channel of it
 * @param forecast what a forecaster expected
 * @param season steps of a season, 1 for none
 */
record Course(Segment segment, int channel, EventReport.Expected forecast, int season) {
  static final int SEASONS = 7;

  /** Values of the channel; unobserved ones are filled in. */
  SeriesValues values() {
    return segment.row(channel);
  }

  /** Whether a value was in the data. */
  boolean isObserved(int step) {
    return segment.isObserved(channel, step);
  }

  /** What was expected, not a number where there is no forecast. */
  double expected(int step) {
    return forecast.value(channel, step);
  }

  /** How far a step is from the forecast; NaN for an unobserved step or without a forecast. */
  double residual(int step) {
    return isObserved(step) ? values().get(step) - expected(step) : Double.NaN;
  }

  /**
   * How far a step is from the median of the same phase in the seven seasons before {@code start};
   * from the forecast where there are not two such seasons. NaN for an unobserved step.
   */
  double deviation(int step, int start) {
    if (!isObserved(step)) {
      return Double.NaN;
    }
    SeriesValues values = values();
    double[] past = new double[SEASONS];
    int found = 0;
    int back = Math.max(1, (int) Math.ceil((step - start + 1) / (double) season));
    for (int k = back; k < back + SEASONS && season > 1; k++) {
      int at = step - k * season;
      if (at >= 0 && isObserved(at)) {
        past[found++] = values.get(at);
      }
    }
    if (found < 2) {
      return values.get(step) - expected(step);
    }
    Arrays.sort(past, 0, found);
    return values.get(step) - (past[(found - 1) / 2] + past[found / 2]) / 2;
  }
}

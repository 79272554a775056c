package io.longcast.anomaly.event;

import java.util.Arrays;

/**
 * One channel of a series around an event: its values, which of them were observed, and what the
 * same phase of the seasons before would suggest.
 *
 * @param values of the channel; unobserved ones are filled in
 * @param observed whether each was in the data
 * @param expected by the forecaster, not a number where there is no forecast
 * @param season steps of a season, 1 for none
 */
record Course(float[] values, boolean[] observed, float[] expected, int season) {
  private static final int SEASONS = 3;

  /**
   * How far a step is from the median of the same phase in the three seasons before {@code start};
   * from the forecast where there are not two such seasons. NaN for an unobserved step.
   */
  double deviation(int step, int start) {
    if (!observed[step]) {
      return Double.NaN;
    }
    double[] past = new double[SEASONS];
    int found = 0;
    int back = Math.max(1, (int) Math.ceil((step - start + 1) / (double) season));
    for (int k = back; k < back + SEASONS && season > 1; k++) {
      int at = step - k * season;
      if (at >= 0 && observed[at]) {
        past[found++] = values[at];
      }
    }
    if (found < 2) {
      return values[step] - expected[step];
    }
    Arrays.sort(past, 0, found);
    double median = found == 2 ? (past[0] + past[1]) / 2 : past[1];
    return values[step] - median;
  }
}

package io.longcast.anomaly.score;

import io.longcast.state.StateFields;

/**
 * The value less its usual level at this hour of the day: 24 means, each updated at the end of a
 * day with the mean of its hour, with weight max(0.1, 1 / days). Zero until two days and 200 rows
 * have passed, and for hours never met; the value itself where rows have no time.
 */
final class HourProfile implements Signal {
  private static final long serialVersionUID = 1L;
  private static final long HOUR = 3_600_000_000L;
  private static final int HOURS = 24;
  private static final double LEAST_WEIGHT = 0.1;

  /** Days after which a day counts half. */
  static final double HALF_LIFE_DAYS = Math.log(.5) / Math.log(1 - LEAST_WEIGHT);

  private static final int LEAST_ROWS = 200;
  private static final int LEAST_DAYS = 2;

  private final double[] levels = new double[HOURS];
  private final int[] days = new int[HOURS];
  private final double[] sums = new double[HOURS];
  private final int[] counts = new int[HOURS];
  private long day = Long.MIN_VALUE;
  private long daysSeen;
  private long rows;

  @Override
  public double next(Sample sample) {
    long micros = sample.micros;
    double x = sample.x;
    if (micros == RowScore.NO_TIME) {
      return x;
    }
    long today = Math.floorDiv(micros, HOURS * HOUR);
    if (today > day) {
      endDay();
      day = today;
    }
    int hour = (int) (Math.floorMod(micros, HOURS * HOUR) / HOUR);
    sums[hour] += x;
    counts[hour]++;
    rows++;
    boolean ready = daysSeen > LEAST_DAYS && rows > LEAST_ROWS && days[hour] > 0;
    return ready ? x - levels[hour] : 0;
  }

  private void endDay() {
    daysSeen++;
    for (int h = 0; h < HOURS; h++) {
      if (counts[h] > 0) {
        days[h]++;
        double weight = Math.max(LEAST_WEIGHT, 1.0 / days[h]);
        levels[h] += weight * (sums[h] / counts[h] - levels[h]);
        sums[h] = 0;
        counts[h] = 0;
      }
    }
  }

  @Override
  public void fields(StateFields fields) {
    fields.reals(levels);
    fields.counts(days, Integer.MAX_VALUE);
    fields.reals(sums);
    fields.counts(counts, Integer.MAX_VALUE);
    day = fields.number(day);
    daysSeen = fields.number(daysSeen);
    rows = fields.number(rows);
  }
}

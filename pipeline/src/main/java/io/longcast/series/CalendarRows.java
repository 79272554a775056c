package io.longcast.series;

import java.time.LocalDate;
import java.util.Arrays;

/**
 * Computes calendar covariates for a run of steps of any axis, straight into a float array. No date
 * object is made per step where the frequency is exact; sines come from tables.
 *
 * <p>Not thread-safe: one per task.
 */
public final class CalendarRows {
  private static final int DAY = 86_400;
  private static final float[] DAY_SIN = sines(DAY, 0);
  private static final float[] DAY_COS = sines(DAY, DAY / 4);

  private final CalendarSpec spec;
  private final LocalSteps steps = new LocalSteps();

  /**
   * @param spec the covariates to compute
   */
  public CalendarRows(CalendarSpec spec) {
    this.spec = spec;
  }

  private static float[] sines(int period, int shift) {
    float[] table = new float[period];
    for (int i = 0; i < period; i++) {
      table[i] = (float) Math.sin(2 * Math.PI * ((i + shift) % period) / period);
    }
    return table;
  }

  /**
   * Fills {@code [columns, count]} for the steps {@code [first, first + count)} of an axis.
   *
   * @param axis where the steps lie
   * @param first the first step; may lie before 0 or past the end
   * @param count steps
   * @param out filled row by row, one row a column of the spec
   * @param offset where the first row starts
   */
  public void fill(TimeAxis axis, long first, int count, float[] out, int offset) {
    if (spec.features().isEmpty()) {
      return;
    }
    steps.compute(axis, first, count);
    int at = offset;
    for (CalendarFeature feature : spec.features()) {
      switch (feature) {
        case MINUTE_OF_HOUR -> seconds(count, out, at, 24);
        case HOUR_OF_DAY -> seconds(count, out, at, 1);
        default -> days(feature, count, out, at);
      }
      at += feature.columns() * count;
    }
  }

  private void seconds(int count, float[] out, int at, int cyclesPerDay) {
    int[] second = steps.seconds();
    int[] day = steps.days();
    for (int i = 0; i < count; i++) {
      int position = cyclesPerDay == 1 ? second[i] : second[i] * cyclesPerDay % DAY;
      boolean timed = day[i] != LocalSteps.NO_DAY;
      out[at + i] = timed ? DAY_SIN[position] : 0;
      out[at + count + i] = timed ? DAY_COS[position] : 0;
    }
  }

  private void days(CalendarFeature feature, int count, float[] out, int at) {
    int[] day = steps.days();
    int from = 0;
    while (from < count) {
      int to = from + 1;
      while (to < count && day[to] == day[from]) {
        to++;
      }
      day(feature, day[from], out, at + from, to - from, count);
      from = to;
    }
  }

  private static void day(
      CalendarFeature feature, int day, float[] out, int at, int run, int count) {
    boolean timed = day != LocalSteps.NO_DAY;
    if (feature == CalendarFeature.WEEKEND) {
      Arrays.fill(out, at, at + run, timed && Math.floorMod(day + 3, 7) >= 5 ? 1 : 0);
      return;
    }
    double angle = timed ? 2 * Math.PI * position(feature, day) : 0;
    Arrays.fill(out, at, at + run, timed ? (float) Math.sin(angle) : 0);
    Arrays.fill(out, at + count, at + count + run, timed ? (float) Math.cos(angle) : 0);
  }

  private static double position(CalendarFeature feature, int day) {
    return switch (feature) {
      case DAY_OF_WEEK -> Math.floorMod(day + 3, 7) / 7.0;
      case DAY_OF_MONTH -> (LocalDate.ofEpochDay(day).getDayOfMonth() - 1) / 31.0;
      case DAY_OF_YEAR -> (LocalDate.ofEpochDay(day).getDayOfYear() - 1) / 366.0;
      case MONTH_OF_YEAR -> (LocalDate.ofEpochDay(day).getMonthValue() - 1) / 12.0;
      default -> throw new IllegalStateException("not a feature of the day: " + feature);
    };
  }
}

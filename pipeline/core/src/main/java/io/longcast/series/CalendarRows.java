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
  private static final Cycle SECONDS = new Cycle(DAY);
  private static final Cycle WEEK = new Cycle(7);
  private static final Cycle MONTH = new Cycle(31);
  private static final Cycle YEAR = new Cycle(366);
  private static final Cycle MONTHS = new Cycle(12);

  /** Days to the holiday, in the order of the columns: on it, before it, after it. */
  private static final int[] LATER = {0, 1, -1};

  private final CalendarSpec spec;
  private final int[] holidays;
  private final LocalSteps steps = new LocalSteps();

  /**
   * @param spec the covariates to compute
   */
  public CalendarRows(CalendarSpec spec) {
    this.spec = spec;
    holidays = Holidays.days(spec.holidays());
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
    if (spec.columns() == 0) {
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
    for (int c = 0; at < offset + spec.columns() * count; c++, at += count) {
      holidays(LATER[c], count, out, at);
    }
  }

  /** Whether a holiday lies so many days after each step. */
  private void holidays(int later, int count, float[] out, int at) {
    int[] day = steps.days();
    for (int i = 0; i < count; i++) {
      if (i > 0 && day[i] == day[i - 1]) {
        out[at + i] = out[at + i - 1];
      } else {
        boolean timed = day[i] != LocalSteps.NO_DAY;
        out[at + i] = timed && Arrays.binarySearch(holidays, day[i] + later) >= 0 ? 1 : 0;
      }
    }
  }

  private void seconds(int count, float[] out, int at, int cyclesPerDay) {
    int[] second = steps.seconds();
    int[] day = steps.days();
    for (int i = 0; i < count; i++) {
      int position = cyclesPerDay == 1 ? second[i] : second[i] * cyclesPerDay % DAY;
      boolean timed = day[i] != LocalSteps.NO_DAY;
      out[at + i] = timed ? SECONDS.sine[position] : 0;
      out[at + count + i] = timed ? SECONDS.cosine[position] : 0;
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
    Cycle cycle = cycle(feature);
    int position = timed ? position(feature, day) : 0;
    Arrays.fill(out, at, at + run, timed ? cycle.sine[position] : 0);
    Arrays.fill(out, at + count, at + count + run, timed ? cycle.cosine[position] : 0);
  }

  private static Cycle cycle(CalendarFeature feature) {
    return switch (feature) {
      case DAY_OF_WEEK -> WEEK;
      case DAY_OF_MONTH -> MONTH;
      case DAY_OF_YEAR -> YEAR;
      case MONTH_OF_YEAR -> MONTHS;
      default -> throw new IllegalStateException("not a feature of the day: " + feature);
    };
  }

  private static int position(CalendarFeature feature, int day) {
    return switch (feature) {
      case DAY_OF_WEEK -> Math.floorMod(day + 3, 7);
      case DAY_OF_MONTH -> LocalDate.ofEpochDay(day).getDayOfMonth() - 1;
      case DAY_OF_YEAR -> LocalDate.ofEpochDay(day).getDayOfYear() - 1;
      case MONTH_OF_YEAR -> LocalDate.ofEpochDay(day).getMonthValue() - 1;
      default -> throw new IllegalStateException("not a feature of the day: " + feature);
    };
  }

  /** Sine and cosine at each of the positions of a cycle. */
  private static final class Cycle {
    private final float[] sine;
    private final float[] cosine;

    Cycle(int length) {
      sine = new float[length];
      cosine = new float[length];
      for (int i = 0; i < length; i++) {
        sine[i] = (float) Math.sin(2 * Math.PI * i / length);
        cosine[i] = (float) Math.cos(2 * Math.PI * i / length);
      }
    }
  }
}

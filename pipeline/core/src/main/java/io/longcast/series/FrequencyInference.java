package io.longcast.series;

import io.longcast.series.Frequency.Unit;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Optional;

/**
 * Infers the frequency of a series from its timestamps. The commonest step counts; gaps do not
 * matter, nor do 23- and 25-hour days or months of unequal length, because days and longer are
 * counted in the calendar of the zone. Where no step is common (jitter), the median step is rounded
 * to a usual one.
 */
public final class FrequencyInference {
  private static final int DAY = 86_400;

  /** Usual steps in seconds, for irregular timestamps. */
  private static final int[] USUAL = {
    1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 10_800, 14_400, 21_600,
    43_200, DAY
  };

  /** Share of the steps that must agree before a step counts as regular. */
  private static final double COMMON = 0.5;

  private FrequencyInference() {}

  /**
   * The frequency of a series.
   *
   * @param micros microseconds since the epoch, ascending; repeats are ignored
   * @param zone the zone whose days and months count
   * @return empty if fewer than two distinct times are given, rounded to seconds (the shortest
   *     frequency there is)
   */
  public static Optional<Frequency> infer(long[] micros, ZoneId zone) {
    long[] seconds =
        Arrays.stream(micros).map(m -> Math.floorDiv(m + 500_000, 1_000_000L)).distinct().toArray();
    if (seconds.length < 2) {
      return Optional.empty();
    }
    long[] steps = new long[seconds.length - 1];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = seconds[i + 1] - seconds[i];
      if (steps[i] <= 0) {
        throw new IllegalArgumentException(
            "times must ascend, found a step back after " + Instant.ofEpochSecond(seconds[i]));
      }
    }
    return Optional.of(of(seconds, steps, zone));
  }

  private static Frequency of(long[] seconds, long[] steps, ZoneId zone) {
    Optional<Frequency> calendar = calendar(seconds, steps, zone);
    if (calendar.isPresent()) {
      return calendar.get();
    }
    Arrays.sort(steps);
    long common = commonest(steps);
    long count = Arrays.stream(steps).filter(s -> s == common).count();
    return exact(count >= COMMON * steps.length ? common : usual(steps[steps.length / 2]));
  }

  private static Frequency exact(long seconds) {
    if (seconds % DAY == 0) {
      return days(Math.toIntExact(seconds / DAY));
    }
    if (seconds % 3600 == 0) {
      return new Frequency((int) (seconds / 3600), Unit.HOUR);
    }
    return seconds % 60 == 0
        ? new Frequency((int) (seconds / 60), Unit.MINUTE)
        : new Frequency((int) seconds, Unit.SECOND);
  }

  private static Frequency days(int days) {
    return days % 7 == 0 ? new Frequency(days / 7, Unit.WEEK) : new Frequency(days, Unit.DAY);
  }

  /** Days, weeks, months, quarters or years, if the times keep the clock time and step in days. */
  private static Optional<Frequency> calendar(long[] seconds, long[] steps, ZoneId zone) {
    if (Arrays.stream(steps).filter(s -> s >= DAY - 7200).count() < COMMON * steps.length) {
      return Optional.empty();
    }
    long[] days = new long[seconds.length];
    int[] clock = new int[seconds.length];
    for (int i = 0; i < days.length; i++) {
      ZonedDateTime local = Instant.ofEpochSecond(seconds[i]).atZone(zone);
      days[i] = local.toLocalDate().toEpochDay();
      clock[i] = local.toLocalTime().toSecondOfDay();
    }
    int first = clock[0];
    if (Arrays.stream(clock).filter(c -> c == first).count() < .9 * clock.length) {
      return Optional.empty();
    }
    long[] dayMicros = Arrays.stream(days).distinct().toArray();
    return dayMicros.length < 2 ? Optional.empty() : Optional.of(ofDays(dayMicros));
  }

  private static Frequency ofDays(long[] days) {
    long[] months = new long[days.length];
    boolean sameDay = true;
    for (int i = 0; i < days.length; i++) {
      LocalDate date = LocalDate.ofEpochDay(days[i]);
      months[i] = date.getYear() * 12L + date.getMonthValue() - 1;
      sameDay &= sameDayOfMonth(LocalDate.ofEpochDay(days[0]), date);
    }
    long monthStep = commonest(steps(months));
    if (sameDay && monthStep > 0) {
      return months((int) monthStep);
    }
    return days((int) commonest(steps(days)));
  }

  private static Frequency months(int months) {
    if (months % 12 == 0) {
      return new Frequency(months / 12, Unit.YEAR);
    }
    return months % 3 == 0
        ? new Frequency(months / 3, Unit.QUARTER)
        : new Frequency(months, Unit.MONTH);
  }

  /** The same day of the month, or the last one of a shorter month. */
  private static boolean sameDayOfMonth(LocalDate a, LocalDate b) {
    boolean ends = a.getDayOfMonth() == a.lengthOfMonth() && b.getDayOfMonth() == b.lengthOfMonth();
    int least = Math.min(a.lengthOfMonth(), b.lengthOfMonth());
    return ends || Math.min(a.getDayOfMonth(), least) == Math.min(b.getDayOfMonth(), least);
  }

  private static long[] steps(long[] values) {
    long[] steps = new long[values.length - 1];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = values[i + 1] - values[i];
    }
    return steps;
  }

  /** The value that occurs most often, the smallest of several. */
  private static long commonest(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    long best = sorted[0];
    int bestCount = 0;
    for (int from = 0, i = 1; i <= sorted.length; i++) {
      if (i == sorted.length || sorted[i] != sorted[from]) {
        if (i - from > bestCount) {
          bestCount = i - from;
          best = sorted[from];
        }
        from = i;
      }
    }
    return best;
  }

  /** The usual step nearest in ratio. */
  private static long usual(long seconds) {
    long best = USUAL[0];
    for (int step : USUAL) {
      if (Math.abs(Math.log((double) seconds / step))
          < Math.abs(Math.log((double) seconds / best))) {
        best = step;
      }
    }
    return seconds > DAY ? (seconds + DAY / 2) / DAY * DAY : best;
  }
}

package io.longcast.series;

import io.longcast.series.Frequency.Unit;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Infers the frequency of a series from its timestamps. The commonest step counts; gaps do not
 * matter, nor do 23- and 25-hour days or months of unequal length, because days and longer are
 * counted in the calendar of the zone. Where no step is common (jitter), the median step is rounded
 * to a usual one.
 */
public final class FrequencyInference {
  private static final long SECOND = 1_000_000;
  private static final long DAY = 86_400 * SECOND;
  private static final long CLOCK_CHANGE = 7200 * SECOND;

  /** Usual steps, for irregular timestamps. */
  private static final List<Frequency> USUAL =
      List.of(
              "1ms", "2ms", "5ms", "10ms", "20ms", "50ms", "100ms", "200ms", "500ms", "1s", "2s",
              "5s", "10s", "15s", "20s", "30s", "1m", "2m", "5m", "10m", "15m", "20m", "30m", "1h",
              "2h", "3h", "4h", "6h", "8h", "12h", "1d", "1w", "1M", "1q", "1y")
          .stream()
          .map(Frequency::parse)
          .toList();

  /** Share of the steps that must agree before a step counts as regular. */
  private static final double COMMON = 0.5;

  /** Share of the steps of months, quarters or years that must have such a length. */
  private static final double LONG = 0.6;

  private FrequencyInference() {}

  /**
   * The frequency of a series.
   *
   * @param micros microseconds since the epoch, ascending; repeats are ignored
   * @param zone the zone whose days and months count
   * @return empty if fewer than three distinct times are given
   */
  public static Optional<Frequency> infer(long[] micros, ZoneId zone) {
    long[] times = Arrays.stream(micros).distinct().toArray();
    if (times.length < 3) {
      return Optional.empty();
    }
    long[] steps = steps(times);
    for (int i = 0; i < steps.length; i++) {
      if (steps[i] <= 0) {
        throw new IllegalArgumentException(
            "times must ascend, found a step back after "
                + Instant.EPOCH.plusNanos(1000 * times[i]));
      }
    }
    long[] sorted = steps.clone();
    Arrays.sort(sorted);
    return Optional.of(
        calendar(times, steps, zone)
            .or(() -> longUnit(sorted))
            .or(() -> regular(sorted))
            .orElseGet(() -> usual(sorted[sorted.length / 2])));
  }

  /** Days, weeks, months, quarters or years, if the times keep the clock time and step in days. */
  private static Optional<Frequency> calendar(long[] times, long[] steps, ZoneId zone) {
    if (share(steps, DAY - CLOCK_CHANGE, Long.MAX_VALUE) < COMMON) {
      return Optional.empty();
    }
    long[] days = new long[times.length];
    long[] clock = new long[times.length];
    for (int i = 0; i < days.length; i++) {
      ZonedDateTime local = Instant.ofEpochSecond(Math.floorDiv(times[i], SECOND)).atZone(zone);
      days[i] = local.toLocalDate().toEpochDay();
      clock[i] = local.toLocalTime().toSecondOfDay();
    }
    if (share(clock, clock[0], clock[0]) < 0.9) {
      return Optional.empty();
    }
    long[] different = Arrays.stream(days).distinct().toArray();
    return different.length < 3 ? Optional.empty() : Optional.of(ofDays(different));
  }

  private static Frequency ofDays(long[] days) {
    LocalDate[] dates =
        Arrays.stream(days).mapToObj(LocalDate::ofEpochDay).toArray(LocalDate[]::new);
    int months =
        (int)
            commonest(
                steps(
                    Arrays.stream(dates)
                        .mapToLong(date -> date.getYear() * 12L + date.getMonthValue())
                        .toArray()));
    if (months > 0 && months % 12 != 0 && all(dates, FrequencyInference::isMonthEnd)) {
      return months % 3 == 0
          ? new Frequency(months / 3, Unit.QUARTER_END)
          : new Frequency(months, Unit.MONTH_END);
    }
    if (months > 0 && all(dates, date -> sameDayOfMonth(dates[0], date))) {
      return months(months);
    }
    boolean workdays = all(dates, BusinessDays::contains);
    long[] steps = steps(days);
    return workdays && commonest(steps) == 1 && share(steps, 3, 3) > 0
        ? new Frequency(1, Unit.BUSINESS_DAY)
        : days(Math.toIntExact(commonest(steps)));
  }

  private static boolean all(LocalDate[] dates, Predicate<LocalDate> is) {
    return Arrays.stream(dates).allMatch(is);
  }

  private static boolean isMonthEnd(LocalDate date) {
    return date.getDayOfMonth() == date.lengthOfMonth();
  }

  /** The same day of the month, or the last one of a shorter month. */
  private static boolean sameDayOfMonth(LocalDate a, LocalDate b) {
    int shorter = Math.min(a.lengthOfMonth(), b.lengthOfMonth());
    return isMonthEnd(a) && isMonthEnd(b)
        || Math.min(a.getDayOfMonth(), shorter) == Math.min(b.getDayOfMonth(), shorter);
  }

  private static Frequency months(int months) {
    if (months % 12 == 0) {
      return new Frequency(months / 12, Unit.YEAR);
    }
    return months % 3 == 0
        ? new Frequency(months / 3, Unit.QUARTER)
        : new Frequency(months, Unit.MONTH);
  }

  private static Frequency days(int days) {
    return days % 7 == 0 ? new Frequency(days / 7, Unit.WEEK) : new Frequency(days, Unit.DAY);
  }

  /** Months, quarters or years by their lengths, where the clock time changes with the zone. */
  private static Optional<Frequency> longUnit(long[] sorted) {
    long median = sorted[sorted.length / 2];
    if (share(sorted, median, median) > 0.9 && median < 365 * DAY) {
      return Optional.empty();
    }
    if (share(sorted, 28 * DAY - CLOCK_CHANGE, 31 * DAY + CLOCK_CHANGE) >= LONG) {
      return Optional.of(new Frequency(1, Unit.MONTH));
    }
    if (share(sorted, 90 * DAY - CLOCK_CHANGE, 92 * DAY + CLOCK_CHANGE) >= LONG) {
      return Optional.of(new Frequency(1, Unit.QUARTER));
    }
    return share(sorted, 365 * DAY - CLOCK_CHANGE, 366 * DAY + CLOCK_CHANGE) >= LONG
        ? Optional.of(new Frequency(1, Unit.YEAR))
        : Optional.empty();
  }

  /**
   * The commonest step, rounded as little as lets half of the steps agree, at most to a fifth of
   * the median step and to a second.
   */
  private static Optional<Frequency> regular(long[] sorted) {
    long most = Math.max(1, Math.min(sorted[sorted.length / 2] / 5, SECOND));
    for (long unit = 1; unit <= most; unit *= 10) {
      long rounding = unit;
      long[] rounded =
          Arrays.stream(sorted).map(step -> (step + rounding / 2) / rounding * rounding).toArray();
      long common = commonest(rounded);
      if (common > 0 && share(rounded, common, common) >= COMMON) {
        return Optional.of(exact(common < SECOND ? undrifted(sorted, common) : common));
      }
    }
    return Optional.empty();
  }

  /**
   * The mean of the steps about as long as the common one, where that drifts off by half a step.
   */
  private static long undrifted(long[] steps, long common) {
    long[] like = Arrays.stream(steps).filter(s -> 2 * s > common && 2 * s < 3 * common).toArray();
    long sum = Arrays.stream(like).sum();
    boolean drifts = 2 * Math.abs(sum - like.length * common) > common;
    return drifts ? Math.round((double) sum / like.length) : common;
  }

  private static Frequency exact(long micros) {
    if (micros % DAY == 0) {
      return days(Math.toIntExact(micros / DAY));
    }
    for (Unit unit : List.of(Unit.HOUR, Unit.MINUTE, Unit.SECOND, Unit.MILLISECOND)) {
      long length = new Frequency(1, unit).exactMicros();
      if (micros % length == 0) {
        return new Frequency(Math.toIntExact(micros / length), unit);
      }
    }
    return new Frequency(Math.toIntExact(micros), Unit.MICROSECOND);
  }

  /** The usual step nearest in ratio. */
  private static Frequency usual(long micros) {
    Frequency best = USUAL.get(0);
    for (Frequency frequency : USUAL) {
      if (distance(frequency, micros) < distance(best, micros)) {
        best = frequency;
      }
    }
    return best;
  }

  private static double distance(Frequency frequency, long micros) {
    return Math.abs(Math.log(frequency.meanSeconds() * SECOND / micros));
  }

  private static long[] steps(long[] values) {
    long[] steps = new long[values.length - 1];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = values[i + 1] - values[i];
    }
    return steps;
  }

  private static double share(long[] values, long from, long to) {
    return (double) Arrays.stream(values).filter(v -> v >= from && v <= to).count() / values.length;
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
}

package io.longcast.series;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The step of a time grid, such as {@code 200ms}, {@code 15m}, {@code 1h}, {@code 1d}, {@code 1b}
 * (business days, Monday to Friday), {@code 1M} or {@code 1ME} (month ends).
 *
 * <p>Microseconds to hours are exact durations. Days and longer units follow the calendar of the
 * grid's zone, so that a daily grid keeps its hour over a change to daylight saving time. A grid of
 * business days or of month ends starts on such a day, see {@link #align}.
 *
 * @param amount how many units, at least 1
 * @param unit the unit
 */
public record Frequency(int amount, Unit unit) implements Serializable {

  /** Units of a step with their letters. */
  public enum Unit {
    MICROSECOND("us", 1),
    MILLISECOND("ms", 1_000),
    SECOND("s", 1_000_000),
    MINUTE("m", 60_000_000),
    HOUR("h", HOUR_MICROS),
    DAY("d", 24 * HOUR_MICROS),
    BUSINESS_DAY("b", 7 * 24 * HOUR_MICROS / 5),
    WEEK("w", 7 * 24 * HOUR_MICROS),
    MONTH("M", MONTH_MICROS),
    MONTH_END("ME", MONTH_MICROS),
    QUARTER("q", 3 * MONTH_MICROS),
    QUARTER_END("QE", 3 * MONTH_MICROS),
    YEAR("y", 12 * MONTH_MICROS);

    private final String letters;
    private final long meanMicros;

    Unit(String letters, long meanMicros) {
      this.letters = letters;
      this.meanMicros = meanMicros;
    }

    /** True for units of a fixed length, whatever the zone. */
    public boolean isExact() {
      return compareTo(HOUR) <= 0;
    }

    private boolean isEnd() {
      return this == MONTH_END || this == QUARTER_END;
    }
  }

  private static final long HOUR_MICROS = 3_600_000_000L;
  private static final long DAY_MICROS = 24 * HOUR_MICROS;

  /** A month is 30.436875 days on average. */
  private static final long MONTH_MICROS = 2_629_746_000_000L;

  private static final double DAY = 86_400;
  private static final Pattern FORM = Pattern.compile("(\\d*)\\s*([a-zA-Z]+)");

  public Frequency {
    if (amount < 1) {
      throw new IllegalArgumentException("a frequency's amount must be >= 1, found " + amount);
    }
  }

  /**
   * Reads {@code 200ms}, {@code 15m}, {@code 1h}, {@code d}, {@code 1M}, {@code 1ME}.
   *
   * @throws IllegalArgumentException if the text is not an amount and one of us ms s m h d b w M ME
   *     q QE y
   */
  public static Frequency parse(String text) {
    Matcher form = FORM.matcher(text.trim());
    if (form.matches()) {
      for (Unit unit : Unit.values()) {
        if (unit.letters.equals(canonical(form.group(2)))) {
          return new Frequency(form.group(1).isEmpty() ? 1 : Integer.parseInt(form.group(1)), unit);
        }
      }
    }
    throw new IllegalArgumentException(
        "a frequency is an amount and one of us ms s m h d b w M ME q QE y (200ms, 15m, 1h, 1M),"
            + " found \""
            + text
            + "\"");
  }

  /**
   * Case distinguishes months from minutes, and month starts, as other libraries write them, from
   * milliseconds.
   */
  private static String canonical(String letters) {
    boolean upper = letters.equals("M") || letters.equals("MS");
    return upper || letters.equalsIgnoreCase("ME") || letters.equalsIgnoreCase("QE")
        ? letters.toUpperCase(Locale.ROOT)
        : letters.toLowerCase(Locale.ROOT);
  }

  /** The time {@code steps} after {@code start}; negative steps go back. */
  public ZonedDateTime plus(ZonedDateTime start, long steps) {
    if (unit.isExact()) {
      return start.plus(Math.multiplyExact(steps, exactMicros()), ChronoUnit.MICROS);
    }
    return start.toLocalTime().atDate(plus(start.toLocalDate(), steps)).atZone(start.getZone());
  }

  /** The date {@code steps} after {@code start}, of a unit that follows the calendar. */
  LocalDate plus(LocalDate start, long steps) {
    long units = Math.multiplyExact(steps, (long) amount);
    return switch (unit) {
      case DAY -> start.plusDays(units);
      case BUSINESS_DAY -> BusinessDays.date(BusinessDays.number(start) + units);
      case WEEK -> start.plusWeeks(units);
      case MONTH -> start.plusMonths(units);
      case QUARTER -> start.plusMonths(3 * units);
      case MONTH_END -> YearMonth.from(start).plusMonths(units).atEndOfMonth();
      case QUARTER_END -> YearMonth.from(start).plusMonths(3 * units).atEndOfMonth();
      case YEAR -> start.plusYears(units);
      default -> throw new IllegalStateException("not a unit of the calendar: " + unit);
    };
  }

  /**
   * Whole steps from {@code start} to {@code end}: the largest {@code k} with {@code plus(start, k)
   * <= end}. Negative where the end lies before the start.
   */
  public long stepsBetween(ZonedDateTime start, ZonedDateTime end) {
    if (unit.isExact()) {
      Duration between = Duration.between(start, end);
      return Math.floorDiv(
          between.getSeconds() * 1_000_000L + between.getNano() / 1000, exactMicros());
    }
    LocalDate to = end.withZoneSameInstant(start.getZone()).toLocalDate();
    long steps = Math.floorDiv(unitsBetween(start.toLocalDate(), to), (long) amount);
    // A clock change or a clamped month end can put the guess one step off either way.
    while (!plus(start, steps + 1).isAfter(end)) {
      steps++;
    }
    while (plus(start, steps).isAfter(end)) {
      steps--;
    }
    return steps;
  }

  private long unitsBetween(LocalDate from, LocalDate to) {
    long months = ChronoUnit.MONTHS.between(YearMonth.from(from), YearMonth.from(to));
    return switch (unit) {
      case DAY -> to.toEpochDay() - from.toEpochDay();
      case BUSINESS_DAY -> BusinessDays.number(to) - BusinessDays.number(from);
      case WEEK -> Math.floorDiv(to.toEpochDay() - from.toEpochDay(), 7);
      case MONTH, MONTH_END -> months;
      case QUARTER, QUARTER_END -> Math.floorDiv(months, 3);
      case YEAR -> Math.floorDiv(months, 12);
      default -> throw new IllegalStateException("not a unit of the calendar: " + unit);
    };
  }

  /** Microseconds of one step of an exact unit; 0 for units that follow the calendar. */
  public long exactMicros() {
    return unit.isExact() ? Math.multiplyExact(amount, unit.meanMicros) : 0;
  }

  /**
   * The start of the natural step a time lies in: a round minute, hour, midnight, Monday, first or
   * last of the month, in the time's own zone. Where grids of observations start that are
   * resampled.
   */
  public ZonedDateTime floor(ZonedDateTime time) {
    ZonedDateTime midnight = time.toLocalDate().atStartOfDay(time.getZone());
    LocalDate date = align(time).toLocalDate();
    return switch (unit) {
      case MICROSECOND, MILLISECOND, SECOND, MINUTE, HOUR -> floorExact(midnight, time);
      case DAY -> onDay(date.minusDays(Math.floorMod(date.toEpochDay(), amount)), time);
      case BUSINESS_DAY ->
          onDay(BusinessDays.date(Math.floorDiv(BusinessDays.number(date), amount) * amount), time);
      // 1970-01-05 was a Monday.
      case WEEK -> onDay(date.minusDays(Math.floorMod(date.toEpochDay() - 4, 7 * amount)), time);
      case MONTH -> onDay(firstOfMonths(date, amount), time);
      case QUARTER -> onDay(firstOfMonths(date, 3 * amount), time);
      case YEAR -> onDay(firstOfMonths(date, 12 * amount), time);
      case MONTH_END -> onDay(lastOfMonths(date, amount), time);
      case QUARTER_END -> onDay(lastOfMonths(date, 3 * amount), time);
    };
  }

  /**
   * The newest time at or before a given one at which a step of the unit may begin, with the same
   * clock time: a business day, the last of a month; any time for other units.
   */
  public ZonedDateTime align(ZonedDateTime time) {
    LocalDate date = time.toLocalDate();
    if (unit == Unit.BUSINESS_DAY) {
      return time.with(BusinessDays.date(BusinessDays.number(date)));
    }
    boolean last = date.getDayOfMonth() == date.lengthOfMonth();
    return unit.isEnd() && !last
        ? time.with(YearMonth.from(date).minusMonths(1).atEndOfMonth())
        : time;
  }

  private ZonedDateTime floorExact(ZonedDateTime midnight, ZonedDateTime time) {
    long step = exactMicros();
    ZonedDateTime from = DAY_MICROS % step == 0 ? midnight : Instant.EPOCH.atZone(time.getZone());
    Duration passed = Duration.between(from, time);
    long micros = passed.getSeconds() * 1_000_000L + passed.getNano() / 1000;
    return time.truncatedTo(ChronoUnit.MICROS)
        .minus(Math.floorMod(micros, step), ChronoUnit.MICROS);
  }

  private static LocalDate firstOfMonths(LocalDate date, int months) {
    return date.withDayOfMonth(1).minusMonths(Math.floorMod(month(date), months));
  }

  private static LocalDate lastOfMonths(LocalDate date, int months) {
    long over = Math.floorMod(month(date) + 1, months);
    return YearMonth.from(date).minusMonths(over).atEndOfMonth();
  }

  private static int month(LocalDate date) {
    return date.getYear() * 12 + date.getMonthValue() - 1;
  }

  private static ZonedDateTime onDay(LocalDate date, ZonedDateTime time) {
    return date.atStartOfDay(time.getZone());
  }

  /**
   * Steps of the seasons that series of this frequency usually have, the principal one first: the
   * minute, then the hour below a second; the hour, then the day for seconds; the day, then the
   * week for minutes and hours; the week for days; the year for weeks (52) to quarters; 1 where
   * there is none.
   */
  public List<Integer> seasonalPeriods() {
    List<Integer> periods = new ArrayList<>();
    double seconds = meanSeconds();
    for (double cycle : cycles(seconds)) {
      long steps = Math.round(cycle / seconds);
      boolean whole = Math.abs(cycle / seconds - steps) < .2;
      if (steps >= 2 && whole) {
        periods.add((int) steps);
      }
    }
    return periods.isEmpty() ? List.of(1) : List.copyOf(periods);
  }

  private static double[] cycles(double seconds) {
    if (seconds < 1) {
      return new double[] {60, 3600};
    }
    if (seconds < 60) {
      return new double[] {3600, DAY};
    }
    return seconds < DAY
        ? new double[] {DAY, 7 * DAY}
        : seconds < 7 * DAY ? new double[] {7 * DAY} : new double[] {365.2425 * DAY};
  }

  /** The first of {@link #seasonalPeriods()}. */
  public int seasonalPeriod() {
    return seasonalPeriods().get(0);
  }

  /** Seconds of one step, on average for calendar units (a month is 30.436875 days). */
  public double meanSeconds() {
    return amount * (unit.meanMicros / 1e6);
  }

  /** A grid of this frequency. */
  public GridAxis axis(ZonedDateTime start) {
    return new GridAxis(start.toInstant(), this, start.getZone());
  }

  /** A grid of this frequency in a zone. */
  public GridAxis axis(Instant start, ZoneId zone) {
    return new GridAxis(start, this, zone);
  }

  @Override
  public String toString() {
    return amount + unit.letters;
  }
}

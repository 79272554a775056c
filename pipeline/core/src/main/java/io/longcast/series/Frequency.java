package io.longcast.series;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The step of a time grid, such as {@code 15m}, {@code 1h}, {@code 1d} or {@code 1M}.
 *
 * <p>Seconds, minutes and hours are exact durations. Days, weeks, months, quarters and years follow
 * the calendar of the grid's zone, so that a daily grid keeps its hour over a change to daylight
 * saving time.
 *
 * @param amount how many units, at least 1
 * @param unit the unit
 */
public record Frequency(int amount, Unit unit) implements Serializable {

  /** Units of a step with their letter. */
  public enum Unit {
    SECOND("s", ChronoUnit.SECONDS, 1),
    MINUTE("m", ChronoUnit.MINUTES, 1),
    HOUR("h", ChronoUnit.HOURS, 1),
    DAY("d", ChronoUnit.DAYS, 1),
    WEEK("w", ChronoUnit.WEEKS, 1),
    MONTH("M", ChronoUnit.MONTHS, 1),
    QUARTER("q", ChronoUnit.MONTHS, 3),
    YEAR("y", ChronoUnit.YEARS, 1);

    private final String letter;
    private final ChronoUnit chrono;
    private final int factor;

    Unit(String letter, ChronoUnit chrono, int factor) {
      this.letter = letter;
      this.chrono = chrono;
      this.factor = factor;
    }

    /** True for units of a fixed length, whatever the zone. */
    public boolean isExact() {
      return compareTo(HOUR) <= 0;
    }
  }

  private static final double DAY = 86_400;
  private static final Pattern FORM = Pattern.compile("(\\d*)\\s*([a-zA-Z]+)");

  public Frequency {
    if (amount < 1) {
      throw new IllegalArgumentException("a frequency's amount must be >= 1, found " + amount);
    }
  }

  /**
   * Reads {@code 15m}, {@code 1h}, {@code d}, {@code 1M}.
   *
   * @throws IllegalArgumentException if the text is not an amount and one of s m h d w M q y
   */
  public static Frequency parse(String text) {
    Matcher form = FORM.matcher(text.trim());
    if (form.matches()) {
      for (Unit unit : Unit.values()) {
        if (unit.letter.equals(canonical(form.group(2)))) {
          return new Frequency(form.group(1).isEmpty() ? 1 : Integer.parseInt(form.group(1)), unit);
        }
      }
    }
    throw new IllegalArgumentException(
        "a frequency is an amount and one of s m h d w M q y (15m, 1h, 1M), found \""
            + text
            + "\"");
  }

  private static String canonical(String unit) {
    return unit.equals("M") ? unit : unit.toLowerCase(Locale.ROOT);
  }

  /** The time {@code steps} after {@code start}; negative steps go back. */
  public ZonedDateTime plus(ZonedDateTime start, long steps) {
    long units = Math.multiplyExact(steps, (long) amount * unit.factor);
    if (unit.isExact()) {
      return start.plus(units, unit.chrono);
    }
    LocalDateTime local = start.toLocalDateTime().plus(units, unit.chrono);
    return local.atZone(start.getZone());
  }

  /**
   * Whole steps from {@code start} to {@code end}: the largest {@code k} with {@code plus(start, k)
   * <= end}. Negative where the end lies before the start.
   */
  public long stepsBetween(ZonedDateTime start, ZonedDateTime end) {
    if (unit.isExact()) {
      long step = exactSeconds() * 1_000_000_000L;
      long seconds = end.toEpochSecond() - start.toEpochSecond();
      long nanos = end.getNano() - start.getNano();
      long whole = Math.floorDiv(seconds, exactSeconds());
      long rest = (seconds - whole * exactSeconds()) * 1_000_000_000L + nanos;
      return whole + Math.floorDiv(rest, step);
    }
    ZonedDateTime local = end.withZoneSameInstant(start.getZone());
    long units = unit.chrono.between(start.toLocalDateTime(), local.toLocalDateTime());
    long steps = Math.floorDiv(units, (long) amount * unit.factor);
    // A clock change or a clamped month end can put the guess one step off either way.
    while (!plus(start, steps + 1).isAfter(end)) {
      steps++;
    }
    while (plus(start, steps).isAfter(end)) {
      steps--;
    }
    return steps;
  }

  /** Seconds of one step of an exact unit; 0 for units that follow the calendar. */
  public long exactSeconds() {
    return unit.isExact() ? Math.multiplyExact(amount, unit.chrono.getDuration().toSeconds()) : 0;
  }

  /** Calendar days of one step of days or weeks, else 0. */
  public int days() {
    return unit == Unit.DAY ? amount : unit == Unit.WEEK ? 7 * amount : 0;
  }

  /** Calendar months of one step of months, quarters or years, else 0. */
  public int months() {
    return switch (unit) {
      case MONTH -> amount;
      case QUARTER -> 3 * amount;
      case YEAR -> 12 * amount;
      default -> 0;
    };
  }

  /**
   * The start of the natural step a time lies in: a round minute, hour, midnight, Monday, first of
   * the month, quarter or year, in the time's own zone. Where grids of observations start that are
   * resampled.
   */
  public ZonedDateTime floor(ZonedDateTime time) {
    ZonedDateTime midnight = time.toLocalDate().atStartOfDay(time.getZone());
    LocalDate date = time.toLocalDate();
    return switch (unit) {
      case SECOND, MINUTE, HOUR -> floorExact(midnight, time);
      case DAY -> onDay(date.minusDays(Math.floorMod(date.toEpochDay(), amount)), time);
      // 1970-01-05 was a Monday.
      case WEEK -> onDay(date.minusDays(Math.floorMod(date.toEpochDay() - 4, days())), time);
      case MONTH, QUARTER, YEAR -> {
        int month = date.getYear() * 12 + date.getMonthValue() - 1;
        LocalDate first = date.withDayOfMonth(1);
        yield onDay(first.minusMonths(Math.floorMod(month, months())), time);
      }
    };
  }

  private ZonedDateTime floorExact(ZonedDateTime midnight, ZonedDateTime time) {
    long step = exactSeconds();
    boolean dividesTheDay = 86_400 % step == 0;
    long from = dividesTheDay ? midnight.toEpochSecond() : 0;
    long seconds = Math.floorMod(time.toEpochSecond() - from, step);
    return time.truncatedTo(ChronoUnit.SECONDS).minusSeconds(seconds);
  }

  private static ZonedDateTime onDay(LocalDate date, ZonedDateTime time) {
    return date.atStartOfDay(time.getZone());
  }

  /**
   * Steps of the seasons that series of this frequency usually have, the principal one first: the
   * hour, then the day for seconds; the day, then the week for minutes and hours; the week for
   * days; the year for weeks (52) to quarters; 1 where there is none.
   */
  public List<Integer> seasonalPeriods() {
    List<Integer> periods = new ArrayList<>();
    double seconds = meanSeconds();
    double[] cycles =
        seconds < 60
            ? new double[] {3600, DAY}
            : seconds < DAY
                ? new double[] {DAY, 7 * DAY}
                : seconds < 7 * DAY ? new double[] {7 * DAY} : new double[] {365.2425 * DAY};
    for (double cycle : cycles) {
      long steps = Math.round(cycle / seconds);
      boolean whole = Math.abs(cycle / seconds - steps) < .2;
      if (steps >= 2 && whole) {
        periods.add((int) steps);
      }
    }
    return periods.isEmpty() ? List.of(1) : List.copyOf(periods);
  }

  /** The first of {@link #seasonalPeriods()}. */
  public int seasonalPeriod() {
    return seasonalPeriods().get(0);
  }

  /** Seconds of one step, on average for calendar units (a month is 30.436875 days). */
  public double meanSeconds() {
    return (double) amount * unit.factor * unit.chrono.getDuration().toSeconds();
  }

  /** A grid of this frequency. */
  public GridAxis axis(ZonedDateTime start) {
    return new GridAxis(start.toInstant(), this, start.getZone());
  }

  /** A grid of this frequency in a zone. */
  public GridAxis axis(java.time.Instant start, ZoneId zone) {
    return new GridAxis(start, this, zone);
  }

  @Override
  public String toString() {
    return amount + unit.letter;
  }
}

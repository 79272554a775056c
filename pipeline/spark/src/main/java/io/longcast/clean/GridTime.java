package io.longcast.clean;

import io.longcast.series.Frequency;
import io.longcast.series.GridAxis;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * The steps of one grid for times that ascend: which step a time belongs to and where a step
 * begins. Steps of whole seconds, minutes and hours are divided out; days and longer ones are
 * walked along the calendar of the zone, so that a day has 23, 24 or 25 hours.
 */
final class GridTime {
  private static final long SECOND = 1_000_000L;
  private static final int DAY_SECONDS = 86_400;

  private final GridAxis axis;
  private final boolean nearest;
  private final long startMicros;
  private final long stepMicros;
  private long step;
  private long from;
  private long to;

  private GridTime(GridAxis axis, boolean nearest) {
    this.axis = axis;
    this.nearest = nearest;
    this.startMicros = micros(axis.start());
    boolean exact = axis.frequency().unit().isExact();
    this.stepMicros = exact ? Math.round(axis.frequency().meanSeconds()) * SECOND : 0;
    this.from = startMicros;
    this.to = beginOf(1);
  }

  /** A grid that begins with the step of its first time. */
  static GridTime startingAt(Instant start, Frequency frequency, CleanSpec spec) {
    boolean nearest = spec.snap() == CleanSpec.Snap.NEAREST;
    return new GridTime(new GridAxis(start, frequency, spec.zoneId()), nearest);
  }

  /** The grid of the calendar whose step 0 is the step of {@code first}. */
  static GridTime ofCalendar(long first, Frequency frequency, CleanSpec spec) {
    Instant floor = floor(instant(first), frequency, spec.zoneId());
    GridTime grid = startingAt(floor, frequency, spec);
    long step = grid.stepOf(first);
    return startingAt(grid.axis.at(step).toInstant(), frequency, spec);
  }

  /** The step of a time; times must not descend from call to call. */
  long stepOf(long time) {
    if (stepMicros > 0) {
      long offset = nearest ? stepMicros / 2 : 0;
      return Math.floorDiv(time - startMicros + offset, stepMicros);
    }
    while (time >= to) {
      step++;
      from = to;
      to = beginOf(step + 1);
    }
    return nearest && time - from > to - time ? step + 1 : step;
  }

  /** Whether a time is exactly the begin of a step. */
  boolean isOnGrid(long time) {
    if (stepMicros > 0) {
      return (time - startMicros) % stepMicros == 0;
    }
    return beginOf(stepOf(time)) == time;
  }

  /** Begin of a step in microseconds since 1970. */
  long beginOf(long step) {
    return stepMicros > 0 ? startMicros + step * stepMicros : micros(axis.at(step).toInstant());
  }

  GridAxis axis() {
    return axis;
  }

  /** The begin of the calendar's step that holds an instant. */
  static Instant floor(Instant at, Frequency frequency, ZoneId zone) {
    ZonedDateTime local = at.atZone(zone);
    LocalDate date = local.toLocalDate();
    int amount = frequency.amount();
    return switch (frequency.unit()) {
      case SECOND, MINUTE, HOUR -> floorSeconds(local, Math.round(frequency.meanSeconds()));
      case DAY -> midnight(LocalDate.ofEpochDay(down(date.toEpochDay(), amount, 0)), zone);
      // Day 0 of the epoch is a Thursday; three days before it is a Monday.
      case WEEK -> midnight(LocalDate.ofEpochDay(down(date.toEpochDay(), 7L * amount, 3)), zone);
      case MONTH -> month(date, amount, zone);
      case QUARTER -> month(date, 3 * amount, zone);
      case YEAR -> month(date, 12 * amount, zone);
    };
  }

  private static Instant floorSeconds(ZonedDateTime local, long seconds) {
    long passed =
        DAY_SECONDS % seconds == 0
            ? local.toLocalTime().toSecondOfDay() % seconds
            : Math.floorMod(local.toEpochSecond(), seconds);
    return local.truncatedTo(ChronoUnit.SECONDS).toInstant().minusSeconds(passed);
  }

  private static Instant month(LocalDate date, int months, ZoneId zone) {
    long month = down(date.getYear() * 12L + date.getMonthValue() - 1, months, 0);
    int year = Math.toIntExact(Math.floorDiv(month, 12L));
    return midnight(LocalDate.of(year, (int) Math.floorMod(month, 12L) + 1, 1), zone);
  }

  private static long down(long value, long unit, long shift) {
    return Math.floorDiv(value + shift, unit) * unit - shift;
  }

  private static Instant midnight(LocalDate date, ZoneId zone) {
    return LocalDateTime.of(date, java.time.LocalTime.MIDNIGHT).atZone(zone).toInstant();
  }

  /** Microseconds since 1970. */
  static long micros(Instant at) {
    return Math.addExact(Math.multiplyExact(at.getEpochSecond(), SECOND), at.getNano() / 1000);
  }

  /** The instant of microseconds since 1970. */
  static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, SECOND), Math.floorMod(micros, SECOND) * 1000L);
  }
}

package io.longcast.generate;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** Local time and calendar date of a step. */
final class Clock {
  private static final double TWO_PI = 2 * StrictMath.PI;

  private final GenerateSpec spec;
  private final ZoneId zone;
  private LocalDateTime now;

  Clock(GenerateSpec spec) {
    this.spec = spec;
    this.zone = ZoneId.of(spec.zone());
  }

  void moveTo(long step) {
    long micros = spec.micros(step);
    Instant instant =
        Instant.ofEpochSecond(
            Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
    now = LocalDateTime.ofInstant(instant, zone);
  }

  LocalDate date() {
    return now.toLocalDate();
  }

  /** Hours since local midnight, with fractions. */
  double hour() {
    return now.toLocalTime().toNanoOfDay() / 3.6e12;
  }

  /** A daily cosine with its peak at an hour. */
  double daily(double peakHour) {
    return StrictMath.cos(TWO_PI * (hour() - peakHour) / 24);
  }

  /** A yearly cosine with its peak at a day of the year. */
  double yearly(double peakDay) {
    return StrictMath.cos(TWO_PI * (now.getDayOfYear() + hour() / 24 - peakDay) / 365.25);
  }

  boolean isWeekend() {
    return now.getDayOfWeek().getValue() >= 6;
  }

  /** Steps in a span of hours, at least 1. */
  double stepsIn(double hours) {
    return Math.max(1, hours * 3600e9 / spec.interval().toNanos());
  }
}

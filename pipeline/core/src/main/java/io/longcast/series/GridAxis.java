package io.longcast.series;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A regular grid: step {@code i} lies {@code i} frequencies after the start, counted in the
 * calendar of the zone.
 *
 * @param start time of step 0
 * @param frequency the step
 * @param zone the zone whose calendar days, months and clock times count
 */
public record GridAxis(Instant start, Frequency frequency, ZoneId zone) implements TimeAxis {

  @Override
  public Optional<Instant> instant(long step) {
    long micros = frequency.exactMicros();
    return Optional.of(
        micros == 0
            ? at(step).toInstant()
            : start.plus(Math.multiplyExact(step, micros), ChronoUnit.MICROS));
  }

  @Override
  public Optional<ZonedDateTime> local(long step) {
    return Optional.of(at(step));
  }

  /** The time of a step. */
  public ZonedDateTime at(long step) {
    return frequency.plus(start.atZone(zone), step);
  }

  @Override
  public Optional<Long> row(long step) {
    return Optional.empty();
  }

  @Override
  public TimeAxis from(long step) {
    return new GridAxis(at(step).toInstant(), frequency, zone);
  }

  @Override
  public TimeAxis slice(int from, int length) {
    return from(from);
  }

  @Override
  public TimeAxis followedBy(int length, TimeAxis next) {
    return this;
  }

  /** The last step at or before an instant; negative before the start. */
  public long floorStep(Instant instant) {
    return frequency.stepsBetween(start.atZone(zone), instant.atZone(zone));
  }

  /** The step nearest to an instant; the earlier one if two are equally near. */
  public long nearestStep(Instant instant) {
    long floor = floorStep(instant);
    Duration before = Duration.between(at(floor).toInstant(), instant);
    Duration after = Duration.between(instant, at(floor + 1).toInstant());
    return after.compareTo(before) < 0 ? floor + 1 : floor;
  }
}

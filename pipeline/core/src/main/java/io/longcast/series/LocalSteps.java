package io.longcast.series;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;

/**
 * Local day and second of the day for a run of steps, as plain integers. Exact frequencies are
 * counted up in seconds; the zone is asked again only past its next clock change.
 *
 * <p>Not thread-safe: the arrays and the zone's present offset are kept between calls.
 */
final class LocalSteps {
  /** The day of a step without a time. */
  static final int NO_DAY = Integer.MIN_VALUE;

  private static final int DAY = 86_400;
  private static final long SECOND = 1_000_000;

  /** The zone changes no more. */
  private static final long NEVER = Long.MAX_VALUE;

  private int[] day = new int[0];
  private int[] second = new int[0];
  private ZoneId zone;
  private long offset;
  private long offsetFrom;
  private long offsetTo;

  /** Days since 1970-01-01, valid until the next call. */
  int[] days() {
    return day;
  }

  /** Seconds since local midnight, valid until the next call. */
  int[] seconds() {
    return second;
  }

  /** Computes the steps {@code [first, first + count)}. */
  void compute(TimeAxis axis, long first, int count) {
    if (day.length < count) {
      day = new int[count];
      second = new int[count];
    }
    if (axis instanceof RowAxis rows) {
      rows(rows, first, count);
    } else {
      grid((GridAxis) axis, first, count);
    }
  }

  private void grid(GridAxis axis, long first, int count) {
    if (axis.frequency().unit().isExact()) {
      exact(axis, first, count);
    } else {
      calendar(axis, first, count);
    }
  }

  private void exact(GridAxis axis, long first, int count) {
    long step = axis.frequency().exactMicros();
    long time = ChronoUnit.MICROS.between(Instant.EPOCH, axis.start()) + first * step;
    int done = 0;
    while (done < count) {
      locate(axis.zone(), Math.floorDiv(time, SECOND));
      long left = offsetTo == NEVER ? count : (offsetTo * SECOND - 1 - time) / step + 1;
      int run = (int) Math.min(count - done, left);
      long local = time + offset * SECOND;
      long d = Math.floorDiv(local, DAY * SECOND);
      long micros = local - d * DAY * SECOND;
      for (int i = done; i < done + run; i++) {
        day[i] = (int) d;
        second[i] = (int) (micros / SECOND);
        micros += step;
        if (micros >= DAY * SECOND) {
          d += micros / (DAY * SECOND);
          micros %= DAY * SECOND;
        }
      }
      done += run;
      time += run * step;
    }
  }

  private void calendar(GridAxis axis, long first, int count) {
    LocalDateTime start = LocalDateTime.ofInstant(axis.start(), axis.zone());
    Arrays.fill(second, 0, count, start.toLocalTime().toSecondOfDay());
    for (int i = 0; i < count; i++) {
      day[i] = (int) axis.frequency().plus(start.toLocalDate(), first + i).toEpochDay();
    }
  }

  private void rows(RowAxis axis, long first, int count) {
    for (int i = 0; i < count; i++) {
      long micros = axis.micros(first + i);
      long time = Math.floorDiv(micros, SECOND);
      day[i] = micros == RowAxis.ABSENT ? NO_DAY : (int) Math.floorDiv(time, DAY);
      second[i] = micros == RowAxis.ABSENT ? 0 : Math.floorMod(time, DAY);
    }
  }

  /** Makes {@code offset} the zone's offset at a time, valid in {@code [offsetFrom, offsetTo)}. */
  private void locate(ZoneId wanted, long time) {
    if (wanted.equals(zone) && time >= offsetFrom && time < offsetTo) {
      return;
    }
    zone = wanted;
    ZoneRules rules = wanted.getRules();
    offset = rules.getOffset(Instant.ofEpochSecond(time)).getTotalSeconds();
    ZoneOffsetTransition before = rules.previousTransition(Instant.ofEpochSecond(time + 1));
    ZoneOffsetTransition after = rules.nextTransition(Instant.ofEpochSecond(time));
    offsetFrom = before == null ? Long.MIN_VALUE : before.toEpochSecond();
    offsetTo = after == null ? NEVER : after.toEpochSecond();
  }
}

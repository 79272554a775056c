package io.longcast.series;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
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
    long step = axis.frequency().exactSeconds();
    int stepDays = (int) (step / DAY);
    int stepSeconds = (int) (step % DAY);
    long time = axis.start().getEpochSecond() + first * step;
    int done = 0;
    while (done < count) {
      locate(axis.zone(), time);
      int run = (int) Math.min(count - done, (offsetTo - 1 - time) / step + 1);
      long local = time + offset;
      int d = (int) Math.floorDiv(local, DAY);
      int s = (int) (local - (long) d * DAY);
      for (int i = done; i < done + run; i++) {
        day[i] = d;
        second[i] = s;
        s += stepSeconds;
        d += stepDays + (s >= DAY ? 1 : 0);
        s -= s >= DAY ? DAY : 0;
      }
      done += run;
      time += run * step;
    }
  }

  private void calendar(GridAxis axis, long first, int count) {
    LocalDateTime start = LocalDateTime.ofInstant(axis.start(), axis.zone());
    Arrays.fill(second, 0, count, start.toLocalTime().toSecondOfDay());
    int months = axis.frequency().months();
    int days = axis.frequency().days();
    LocalDate date = start.toLocalDate();
    long epochDay = date.toEpochDay();
    for (int i = 0; i < count; i++) {
      long steps = first + i;
      day[i] =
          (int)
              (months == 0
                  ? epochDay + steps * days
                  : date.plusMonths(steps * months).toEpochDay());
    }
  }

  private void rows(RowAxis axis, long first, int count) {
    for (int i = 0; i < count; i++) {
      long micros = axis.micros(first + i);
      long time = Math.floorDiv(micros, 1_000_000L);
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
    offsetTo = after == null ? Long.MAX_VALUE / 2 : after.toEpochSecond();
  }
}

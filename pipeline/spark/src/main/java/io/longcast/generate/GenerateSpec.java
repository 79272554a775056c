package io.longcast.generate;

import io.longcast.settings.SettingChecks;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * What to generate.
 *
 * @param kind of data; default {@code sensors}
 * @param series number of series, at least 1; default 20
 * @param steps of each series, at least 1; default 2016
 * @param ahead rows after the end that hold the known covariates alone (values null), at least 0;
 *     only kinds with known covariates write them; default 0
 * @param start first timestamp, ISO 8601 with an offset or Z; default {@code 2024-01-01T00:00:00Z}
 * @param interval between two steps, positive; default 10 minutes
 * @param zone of the local clock that people and machines live by (working hours, holidays);
 *     default {@code UTC}
 * @param faultEvery steps per labelled fault and series, the first of that many steps being free of
 *     faults; 0: no faults, else at least 16; default 500
 * @param dirty share of the rows of the raw table that are damaged, in [0, 0.5]; default 0
 * @param seed of everything; default 1
 */
public record GenerateSpec(
    SampleKind kind,
    long series,
    long steps,
    long ahead,
    String start,
    Duration interval,
    String zone,
    long faultEvery,
    double dirty,
    long seed)
    implements Serializable {

  public GenerateSpec {
    SettingChecks.atLeast(series, 1, "generate.series");
    SettingChecks.atLeast(steps, 1, "generate.steps");
    SettingChecks.atLeast(ahead, 0, "generate.ahead");
    SettingChecks.require(
        !interval.isNegative() && !interval.isZero(),
        "generate.interval",
        "longer than 0",
        interval);
    SettingChecks.require(
        faultEvery == 0 || faultEvery >= 16, "generate.faultEvery", "0 or >= 16", faultEvery);
    SettingChecks.require(dirty >= 0 && dirty <= 0.5, "generate.dirty", "in [0, 0.5]", dirty);
    SettingChecks.require(isInstant(start), "generate.start", "an ISO 8601 instant", start);
    SettingChecks.require(isZone(zone), "generate.zone", "a time zone such as Europe/Berlin", zone);
  }

  /** The same with another number of steps per fault; clean rows. */
  public GenerateSpec withFaults(long every) {
    return new GenerateSpec(kind, series, steps, ahead, start, interval, zone, every, 0, seed);
  }

  private static boolean isInstant(String text) {
    try {
      return Instant.parse(text) != null;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isZone(String text) {
    try {
      return ZoneId.of(text) != null;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** Microseconds since 1970 of a step; daily prices skip Saturdays and Sundays. */
  long micros(long step) {
    Instant first = Instant.parse(start);
    long origin = first.getEpochSecond() * 1_000_000L + first.getNano() / 1000;
    boolean trading = kind == SampleKind.STOCKS && interval.equals(Duration.ofDays(1));
    return origin + (trading ? tradingDay(step) : step) * (interval.toNanos() / 1000);
  }

  /** Days from the start to the working day number {@code step}, counted from 0. */
  private long tradingDay(long step) {
    int weekday = Instant.parse(start).atZone(ZoneId.of("UTC")).getDayOfWeek().getValue() - 1;
    long working = Math.min(weekday, 5) + step;
    return working / 5 * 7 + working % 5 - weekday;
  }

  /** The episodes planned for one series. */
  EpisodePlan plan(long number) {
    return new EpisodePlan(seed, number, faultEvery, kind);
  }

  /** Name of a series, sortable: {@code sensors-000017}. */
  String seriesId(long number) {
    String digits = Long.toString(number);
    return kind.key() + "-" + "0".repeat(Math.max(0, 6 - digits.length())) + digits;
  }
}

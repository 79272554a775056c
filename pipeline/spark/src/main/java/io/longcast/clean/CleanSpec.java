package io.longcast.clean;

import io.longcast.series.Frequency;
import io.longcast.series.ZoneName;
import io.longcast.settings.SettingChecks;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * How observations become series.
 *
 * @param grid regular resamples to a grid; rows keeps file order, drops and resamples nothing.
 *     Proposed default: regular
 * @param frequency the grid's step such as {@code 200ms}, {@code 15m}, {@code 1h}, {@code 1b}
 *     (business days), {@code 1M}, {@code 1ME} (month ends), or {@code infer}: the most common step
 *     of a sample of the series. Proposed default: {@code infer}
 * @param zone the zone whose days and months the grid follows. Proposed default: {@code "UTC"}
 * @param anchor where steps begin. Proposed default: auto
 * @param snap to which step a time between two belongs. Proposed default: auto
 * @param timeOutlierFactor the rows at either end of a series, at most 2 % of it, that are cut off
 *     from the others by more than a year and by more than this many times the span of the others
 *     are rejected as implausible: a clock that was not set writes 1970 or 2099. At least 0; 0
 *     keeps them. Proposed default: 1
 * @param duplicates what happens to rows of one series with the same time. Proposed default: last
 * @param counters number columns that only rise and start again at zero (meters, packet counts), by
 *     name: {@code difference} reads the increase since the row before, {@code rate} the increase a
 *     second; a reset counts from zero. Proposed default: {@code {}}
 * @param aggregation how several rows of one step become a value. Proposed default: mean
 * @param gaps the fill of unobserved values (they stay unobserved for losses and scores). Only
 *     linear looks ahead, by at most {@code gapLimit} steps. Proposed default: hold
 * @param gapLimit longest gap, in steps, that {@code gaps} fills; longer ones hold the last value.
 *     At least 0. Proposed default: 24
 * @param seasonalPeriod steps of a season, for {@code gaps = seasonal}, at least 1. Proposed
 *     default: 24
 * @param minLength series with fewer steps are short, at least 1. Proposed default: 1
 * @param maxSteps a series whose grid would have more steps is too long (one wrong year would fill
 *     the memory), at least 1. Proposed default: 20000000
 * @param constantSeries what happens to series whose channels never change. Proposed default: keep
 * @param shortSeries what happens to short series. Proposed default: drop
 * @param partitions partitions of the shuffle; 0 takes Spark's own number. Proposed default: 0
 */
public record CleanSpec(
    Grid grid,
    String frequency,
    String zone,
    Anchor anchor,
    Snap snap,
    double timeOutlierFactor,
    Duplicates duplicates,
    Map<String, String> counters,
    Aggregation aggregation,
    Gaps gaps,
    int gapLimit,
    int seasonalPeriod,
    int minLength,
    int maxSteps,
    Policy constantSeries,
    Policy shortSeries,
    int partitions)
    implements Serializable {

  /** Whether rows are resampled. */
  public enum Grid {
    /** A regular grid. */
    REGULAR,
    /** The rows of the file as they are. */
    ROWS
  }

  /** Where the steps of a grid begin. */
  public enum Anchor {
    /** At the first row if every row lies on that grid, else by the calendar. */
    AUTO,
    /** At full hours, midnights, Mondays, firsts of the month in the zone. */
    CALENDAR,
    /** At the first row of the series. */
    FIRST
  }

  /** To which step a time between two belongs. */
  public enum Snap {
    /**
     * Nearest where it leaves at most half as many rows as floor that share a step with another, as
     * of clocks that jitter around the steps; else floor.
     */
    AUTO,
    /** The step that contains the time: a step is an interval. */
    FLOOR,
    /** The nearer one: a step is a point in time. */
    NEAREST
  }

  /** Rows of one series with the same time. */
  public enum Duplicates {
    /** The first in file order is used, the others are rejected. */
    FIRST,
    /** The last in file order is used, the others are rejected. */
    LAST,
    /** All are used: the mean of each column. */
    MEAN,
    /** All are rejected. */
    REJECT
  }

  /** Several rows of one step. */
  public enum Aggregation {
    /** Arithmetic mean. */
    MEAN,
    /** Sum, for amounts such as energy or sales. */
    SUM,
    /** Smallest. */
    MIN,
    /** Largest. */
    MAX,
    /** Last in time. */
    LAST
  }

  /** The fill of unobserved values. */
  public enum Gaps {
    /** No fill: the last value is repeated, as everywhere outside the limit. */
    LEAVE,
    /** The last value. */
    HOLD,
    /**
     * The line between the neighbours. A window whose origin lies inside such a gap sees the value
     * after it.
     */
    LINEAR,
    /** The value one or more seasons before. */
    SEASONAL
  }

  /** What happens to a series of some kind. */
  public enum Policy {
    /** It is passed to the model. */
    KEEP,
    /** It is listed and left out; its rows are rejected. */
    DROP
  }

  /** The value of {@code frequency} that asks for inference. */
  public static final String INFER = "infer";

  public CleanSpec {
    if (!frequency.equals(INFER)) {
      Frequency.parse(frequency);
    }
    ZoneName.parse(zone, "clean.zone");
    counters = Map.copyOf(counters);
    counters.forEach(Counter.Kind::of);
    SettingChecks.require(
        timeOutlierFactor >= 0 && Double.isFinite(timeOutlierFactor),
        "clean.timeOutlierFactor",
        ">= 0 and finite",
        timeOutlierFactor);
    SettingChecks.atLeast(gapLimit, 0, "clean.gapLimit");
    SettingChecks.atLeast(seasonalPeriod, 1, "clean.seasonalPeriod");
    SettingChecks.atLeast(minLength, 1, "clean.minLength");
    SettingChecks.atLeast(maxSteps, 1, "clean.maxSteps");
    SettingChecks.inRange(partitions, 0, 100_000, "clean.partitions");
  }

  /** The declared frequency, or empty if it is to be inferred. */
  public Optional<Frequency> declaredFrequency() {
    return frequency.equals(INFER) ? Optional.empty() : Optional.of(Frequency.parse(frequency));
  }

  /** The same with another rule for times between two steps. */
  CleanSpec with(Snap chosen) {
    return new CleanSpec(
        grid,
        frequency,
        zone,
        anchor,
        chosen,
        timeOutlierFactor,
        duplicates,
        counters,
        aggregation,
        gaps,
        gapLimit,
        seasonalPeriod,
        minLength,
        maxSteps,
        constantSeries,
        shortSeries,
        partitions);
  }

  /** The grid's zone. */
  public ZoneId zoneId() {
    return ZoneId.of(zone);
  }
}

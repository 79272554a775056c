package io.longcast.anomaly.alarm;

import io.longcast.settings.SettingChecks;
import java.io.Serializable;

/**
 * The expected number of false alarms, as one rate.
 *
 * @param rate expected false alarms, above 0
 * @param unit what the rate refers to
 */
public record AlarmBudget(double rate, Unit unit) implements Serializable {
  private static final double DAYS_PER_WEEK = 7;

  /** What a rate refers to. */
  public enum Unit {
    /** The rate applies to each series and week. */
    SERIES_WEEK,
    /**
     * The rate applies to all series together and each day; it is divided among them before a run.
     */
    FLEET_DAY
  }

  public AlarmBudget {
    SettingChecks.require(rate > 0, "anomaly.alarmBudget", "> 0", rate);
  }

  /**
   * Alarms that one step of one series may raise on average, at most 1.
   *
   * @param stepsPerWeek of the grid
   * @param series in the fleet, at least 1
   */
  public double perStep(double stepsPerWeek, long series) {
    double perWeek = unit == Unit.SERIES_WEEK ? rate : rate * DAYS_PER_WEEK / Math.max(1, series);
    return Math.min(1, perWeek / stepsPerWeek);
  }
}

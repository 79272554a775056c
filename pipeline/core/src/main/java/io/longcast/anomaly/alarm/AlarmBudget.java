package io.longcast.anomaly.alarm;

import io.longcast.settings.SettingChecks;
import java.io.Serializable;

/**
 * How many false alarms a series may raise, told as one number.
 *
 * @param rate expected false alarms, above 0
 * @param unit what the rate counts for
 */
public record AlarmBudget(double rate, Unit unit) implements Serializable {
  private static final double DAYS_PER_WEEK = 7;

  /** What a rate counts for. */
  public enum Unit {
    /** Each series has the rate in every week. */
    SERIES_WEEK,
    /** All series together have the rate on every day; it is divided over them before a run. */
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

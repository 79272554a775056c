package io.longcast.anomaly;

import java.io.Serializable;

/**
 * How anomalies are found.
 *
 * @param alarmBudget expected false alarms per series and week, over all channels together, above
 *     0; default 1
 * @param stride steps between the origins of the forecasts that values are compared with, at least
 *     1 and at most the horizon; smaller is sharper and dearer; default 1
 * @param batchSize windows a batch, at least 1; default 256
 * @param silence steps after an alarm without another one in the same series, at least 0; default 0
 * @param warmUp steps of a series before its first score, at most half of the series; at least 0, 0
 *     for one context, so that no forecast leans on padding; default 0
 * @param keep which rows are written: all scored steps, or alarms only; default all
 */
public record AnomalySpec(
    double alarmBudget, int stride, int batchSize, int silence, int warmUp, Keep keep)
    implements Serializable {

  /** Which rows are written. */
  public enum Keep {
    /** Every scored step. */
    ALL,
    /** Alarms only. */
    ALARMS
  }

  public AnomalySpec {
    if (!(alarmBudget > 0)) {
      throw new IllegalArgumentException(
          "alarmBudget must be above 0 false alarms per series and week, found "
              + alarmBudget
              + " (key anomaly.alarmBudget)");
    }
    require(stride >= 1, "stride", "1", stride);
    require(batchSize >= 1, "batchSize", "1", batchSize);
    require(silence >= 0, "silence", "0", silence);
    require(warmUp >= 0, "warmUp", "0", warmUp);
  }

  private static void require(boolean holds, String key, String least, int found) {
    if (!holds) {
      throw new IllegalArgumentException(
          key + " must be >= " + least + ", found " + found + " (key anomaly." + key + ")");
    }
  }
}

package io.longcast.anomaly;

import io.longcast.settings.SettingChecks;
import java.io.Serializable;

/**
 * How far verdicts of operators may move the threshold of a series and channel.
 *
 * @param maxHalvings how often false alarms may halve its alarms at most, 0 to 10; default 4
 * @param maxDoublings how often true alarms may double them at most, 0 to 10; default 1
 */
public record VerdictSpec(int maxHalvings, int maxDoublings) implements Serializable {
  private static final int MAX = 10;

  /** The proposed defaults. */
  public static final VerdictSpec DEFAULT = new VerdictSpec(4, 1);

  public VerdictSpec {
    require(maxHalvings, "rules.verdicts.maxHalvings");
    require(maxDoublings, "rules.verdicts.maxDoublings");
  }

  private static void require(int times, String key) {
    SettingChecks.require(times >= 0 && times <= MAX, key, "in 0..10", times);
  }
}

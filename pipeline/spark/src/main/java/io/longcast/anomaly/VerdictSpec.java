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
    SettingChecks.inRange(maxHalvings, 0, MAX, "rules.verdicts.maxHalvings");
    SettingChecks.inRange(maxDoublings, 0, MAX, "rules.verdicts.maxDoublings");
  }
}

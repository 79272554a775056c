package io.longcast.logs.sequence;

import io.longcast.settings.SettingChecks;
import java.io.Serializable;

/**
 * How count vectors are compared.
 *
 * @param alarmBudget share of normal sessions that may be alarmed, in [0, 1): keys whose counts
 *     vary too freely for it are compared by their range only; 0 switches the check off
 * @param rangeFactor by which a count of such a key may leave the range seen, at least 1
 */
public record CountVectorSpec(double alarmBudget, double rangeFactor) implements Serializable {

  public CountVectorSpec {
    SettingChecks.shareBelowOne(alarmBudget, "logs.sequences.alarmBudget");
    SettingChecks.require(rangeFactor >= 1, "logs.sequences.countRange", ">= 1", rangeFactor);
  }
}

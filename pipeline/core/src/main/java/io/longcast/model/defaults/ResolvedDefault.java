package io.longcast.model.defaults;

import java.io.Serializable;

/**
 * A setting that was left open and was chosen from the data.
 *
 * @param key of the setting, such as {@code model.seasonalPeriod}
 * @param value chosen
 * @param reason why, such as {@code one day of hourly steps}
 */
public record ResolvedDefault(String key, String value, String reason) implements Serializable {

  @Override
  public String toString() {
    return key + " = " + value + ": " + reason;
  }
}

package io.longcast.series;

import io.longcast.settings.SettingException;
import java.time.DateTimeException;
import java.time.ZoneId;

/** Names of time zones in settings. */
public final class ZoneName {
  private ZoneName() {}

  /**
   * The zone of a name.
   *
   * @param key the setting it comes from
   * @throws SettingException if there is no such zone
   */
  public static ZoneId parse(String name, String key) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException unknown) {
      throw new SettingException(
          key,
          "zone must be a time zone such as UTC or Europe/Berlin, found \"%s\"".formatted(name),
          unknown);
    }
  }
}

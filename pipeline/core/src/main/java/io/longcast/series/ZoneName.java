package io.longcast.series;

import java.time.DateTimeException;
import java.time.ZoneId;

/** Names of time zones in settings. */
public final class ZoneName {
  private ZoneName() {}

  /**
   * The zone of a name.
   *
   * @param key the setting it comes from
   * @throws IllegalArgumentException if there is no such zone
   */
  public static ZoneId parse(String name, String key) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException unknown) {
      throw new IllegalArgumentException(
          "zone must be a time zone such as UTC or Europe/Berlin, found \"%s\" (key %s)"
              .formatted(name, key),
          unknown);
    }
  }
}

package io.longcast.logs.generate;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * A generated log of devices.
 *
 * @param at least 1; default 100
 * @param hours that the log covers; each device runs once an hour; at least 1; default 24
 * @param start of the log, ISO 8601; default {@code 2024-01-01T00:00:00Z}
 * @param faultShare share of runs with a labelled fault, in [0, 1]; default 0.002
 * @param cleanHours first hours without faults, at least 0; default 12
 * @param failingBatteries share of the devices whose voltage drops for a day at some time after the
 *     clean hours, in [0, 1]; default 0
 * @param dirty share of the lines that are damaged (cut, without header, blank), in [0, 0.5];
 *     default 0
 * @param seed of everything; default 1
 */
public record LogGenerateSpec(
    int devices,
    int hours,
    String start,
    double faultShare,
    int cleanHours,
    double failingBatteries,
    double dirty,
    long seed)
    implements Serializable {

  public LogGenerateSpec {
    require(devices >= 1, "devices", "be >= 1", devices);
    require(hours >= 1, "hours", "be >= 1", hours);
    require(faultShare >= 0 && faultShare <= 1, "faultShare", "be in [0, 1]", faultShare);
    require(cleanHours >= 0, "cleanHours", "be >= 0", cleanHours);
    require(
        failingBatteries >= 0 && failingBatteries <= 1,
        "failingBatteries",
        "be in [0, 1]",
        failingBatteries);
    require(dirty >= 0 && dirty <= 0.5, "dirty", "be in [0, 0.5]", dirty);
    try {
      Instant.parse(start);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "start must be an ISO 8601 instant, found " + start + " (key logs.generate.start)", e);
    }
  }

  private static void require(boolean holds, String key, String what, Object found) {
    if (!holds) {
      throw new IllegalArgumentException(
          key + " must " + what + ", found " + found + " (key logs.generate." + key + ")");
    }
  }

  /** The run of a device in an hour. */
  DeviceRun run(int device, int hour) {
    return new DeviceRun(this, device, hour);
  }
}

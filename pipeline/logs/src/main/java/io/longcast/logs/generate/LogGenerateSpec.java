package io.longcast.logs.generate;

import io.longcast.settings.SettingChecks;
import io.longcast.settings.SettingException;
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
    SettingChecks.atLeast(devices, 1, "logs.generate.devices");
    SettingChecks.atLeast(hours, 1, "logs.generate.hours");
    SettingChecks.share(faultShare, "logs.generate.faultShare");
    SettingChecks.atLeast(cleanHours, 0, "logs.generate.cleanHours");
    SettingChecks.share(failingBatteries, "logs.generate.failingBatteries");
    SettingChecks.require(dirty >= 0 && dirty <= 0.5, "logs.generate.dirty", "in [0, 0.5]", dirty);
    try {
      Instant.parse(start);
    } catch (DateTimeException e) {
      throw new SettingException(
          "logs.generate.start", "start must be an ISO 8601 instant, found " + start, e);
    }
  }

  /** The run of a device in an hour. */
  DeviceRun run(int device, int hour) {
    return new DeviceRun(this, device, hour);
  }
}

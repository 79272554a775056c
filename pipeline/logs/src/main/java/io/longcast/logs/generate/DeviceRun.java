package io.longcast.logs.generate;

import io.longcast.generate.Noise;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One life cycle of a device: it boots, joins a network, measures, uploads, sleeps. A faulty run
 * has one step missing, two in the wrong order, a loop, a message of another kind, a step that
 * takes too long, or ends early. A device with a failing battery shows a low voltage for a day.
 */
final class DeviceRun {
  static final List<String> FAULTS =
      List.of("missing-step", "wrong-order", "loop", "new-message", "slow-step", "early-end");
  static final String ODD_VALUE = "odd-value";
  private static final double DROP = 1.5;
  private static final int DAY = 24;
  private static final String[] SENSORS = {"temperature", "humidity", "pressure", "light"};
  private static final String[] PANICS = {
    "watchdog: task stack overflow at 0x%08x", "flash: write failed in sector %d, retrying"
  };

  private final Noise noise;
  private final String device;
  private final String session;
  private final long startMillis;
  private final List<Entry> entries = new ArrayList<>();
  private final boolean lowVoltage;
  private String fault;
  private int faultPosition = -1;

  /** One line to be: milliseconds after the one before, level, component, message. */
  record Entry(long pause, String level, String component, String message) {}

  /** A finished line and its time. */
  record Line(long millis, String text) {}

  DeviceRun(LogGenerateSpec spec, int device, int hour) {
    noise = new Noise(spec.seed(), 0x106, device, hour);
    this.device = "dev-%05d".formatted(device);
    session = "%s/%d".formatted(this.device, hour);
    long hourMillis = Instant.parse(spec.start()).toEpochMilli() + hour * 3_600_000L;
    startMillis = hourMillis + (long) noise.uniform(0, 1_800_000);
    lowVoltage = isLow(spec, device, hour);
    cycle();
    if (hour >= spec.cleanHours() && noise.uniform() < spec.faultShare()) {
      fault = FAULTS.get(noise.below(FAULTS.size()));
      damage();
    } else if (lowVoltage) {
      fault = ODD_VALUE;
      faultPosition = entries.size() - 2;
    }
  }

  /** Draws from numbers of its own, so that a log without failing batteries stays as it is. */
  private static boolean isLow(LogGenerateSpec spec, int device, int hour) {
    Noise own = new Noise(spec.seed(), 0xBA7, device);
    boolean fails = own.uniform() < spec.failingBatteries();
    int from = spec.cleanHours() + own.below(Math.max(1, spec.hours() - spec.cleanHours() - DAY));
    return fails && hour >= from && hour < from + DAY;
  }

  /** Session key, as in the lines. */
  String session() {
    return session;
  }

  /** The fault, or null. */
  String fault() {
    return fault;
  }

  /** Position of the first line that shows the fault. */
  int faultPosition() {
    return faultPosition;
  }

  private void add(String level, String component, String message, Object... values) {
    entries.add(
        new Entry(
            (long) (20 + 180 * noise.uniform()), level, component, message.formatted(values)));
  }

  private void cycle() {
    add("INFO", "boot", "boot reason=wake firmware 2.1.%d", noise.below(3));
    add("INFO", "boot", "self test passed in %d ms", 80 + noise.below(90));
    while (noise.uniform() < 0.1) {
      add("WARN", "net", "join attempt failed, retrying in %d s", 1 + noise.below(8));
    }
    add(
        "INFO",
        "net",
        "joined network lora-%d with rssi -%d dBm",
        noise.below(4),
        60 + noise.below(40));
    add("INFO", "clock", "time synchronised, offset %d ms", noise.below(40));
    measure();
    if (noise.uniform() < 0.05) {
      add("INFO", "config", "new configuration %d applied", noise.below(100));
    }
    add("INFO", "upload", "queued %d records", 3 + noise.below(6));
    add("INFO", "upload", "sent %d bytes to /v1/devices/%s/data", 200 + noise.below(400), device);
    add("INFO", "upload", "acknowledged by gateway 10.0.%d.%d", noise.below(4), noise.below(250));
    add("INFO", "power", "battery %.2f V", noise.uniform(3.4, 4.1) - (lowVoltage ? DROP : 0));
    add("INFO", "power", "sleeping until next wake");
  }

  private void measure() {
    List<String> sensors = new ArrayList<>(List.of(SENSORS));
    if (noise.uniform() < 0.5) {
      Collections.swap(sensors, 0, 1);
    }
    for (String sensor : sensors) {
      add("DEBUG", "sensor", "sampling %s", sensor);
      add("DEBUG", "sensor", "value %s=%.2f", sensor, noise.uniform(0, 60));
    }
  }

  private void damage() {
    int at = 1 + noise.below(entries.size() - 3);
    faultPosition = at;
    switch (fault) {
      case "missing-step" -> dropMandatory();
      case "wrong-order" -> Collections.swap(entries, entries.size() - 5, entries.size() - 3);
      case "loop" -> {
        List<Entry> part = List.copyOf(entries.subList(at - 1, at + 1));
        for (int i = 0; i < 3 + noise.below(5); i++) {
          entries.addAll(at + 1, part);
        }
        faultPosition = at + 1;
      }
      case "new-message" ->
          entries.add(
              at,
              new Entry(
                  50,
                  "ERROR",
                  "core",
                  PANICS[noise.below(PANICS.length)].formatted(noise.below(1 << 20))));
      case "slow-step" -> slow(at);
      default -> entries.subList(at, entries.size()).clear();
    }
    if (fault.equals("wrong-order")) {
      faultPosition = entries.size() - 5;
    }
  }

  /** A step that every run has: self test, join, upload or acknowledgement. */
  private void dropMandatory() {
    int[] steps = {1, entries.size() - 5, entries.size() - 4, entries.size() - 3};
    faultPosition = steps[noise.below(steps.length)];
    entries.remove(faultPosition);
  }

  private void slow(int at) {
    Entry entry = entries.get(at);
    long pause = 20_000 + (long) noise.uniform(0, 60_000);
    entries.set(at, new Entry(pause, entry.level(), entry.component(), entry.message()));
  }

  /** The lines: time, level, device and run, component, message. */
  List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    long millis = startMillis;
    for (Entry entry : entries) {
      millis += entry.pause();
      lines.add(
          new Line(
              millis,
              "%s %-5s [%s] %s: %s"
                  .formatted(
                      Instant.ofEpochMilli(millis).toString(),
                      entry.level(),
                      session,
                      entry.component(),
                      entry.message())));
    }
    return lines;
  }
}

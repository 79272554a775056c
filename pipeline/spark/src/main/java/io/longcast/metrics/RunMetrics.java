package io.longcast.metrics;

import com.codahale.metrics.Gauge;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** Figures of the driver that are no plain counts. Names are made of letters, digits and _. */
public final class RunMetrics {
  private static final ConcurrentHashMap<String, DoubleAdder> SECONDS = new ConcurrentHashMap<>();
  private static final ConcurrentHashMap<String, Sum> SUMS = new ConcurrentHashMap<>();

  private RunMetrics() {}

  /** Adds to the wall seconds of a stage, {@code seconds_<stage>}. */
  public static void addSeconds(String stage, double seconds) {
    SECONDS
        .computeIfAbsent(
            "seconds_" + word(stage),
            name -> {
              DoubleAdder sum = new DoubleAdder();
              Registries.DRIVER.register(name, (Gauge<Double>) sum::sum);
              return sum;
            })
        .add(seconds);
  }

  /** Shows a figure as it is now, in place of one that was shown under the name before. */
  public static void show(String name, double value) {
    show(name, () -> value);
  }

  /** Shows a figure that is asked for whenever the metrics are read. */
  public static void show(String name, DoubleSupplier value) {
    synchronized (Registries.DRIVER) {
      Registries.DRIVER.remove(word(name));
      Registries.DRIVER.register(word(name), (Gauge<Double>) value::getAsDouble);
    }
  }

  /** Shows a figure no longer. */
  public static void hide(String name) {
    synchronized (Registries.DRIVER) {
      Registries.DRIVER.remove(word(name));
    }
  }

  /** Shows the sum of all counts that were given under the name, one for each stream. */
  public static void sum(String name, LongSupplier count) {
    SUMS.computeIfAbsent(
            word(name),
            each -> {
              Sum sum = new Sum(new CopyOnWriteArrayList<>());
              Registries.DRIVER.register(each, sum);
              return sum;
            })
        .parts()
        .add(count);
  }

  private record Sum(CopyOnWriteArrayList<LongSupplier> parts) implements Gauge<Long> {
    @Override
    public Long getValue() {
      return parts.stream().mapToLong(LongSupplier::getAsLong).sum();
    }
  }

  /** A name as all sinks take it. */
  static String word(String name) {
    return name.replaceAll("[^A-Za-z0-9]+", "_");
  }
}

package io.longcast.report;

import java.util.ArrayList;
import java.util.List;

/** Maps values to pixels along one axis. */
final class AxisScale {
  private final double from;
  private final double to;
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;

  /**
   * @param from pixel of the least value
   * @param to pixel of the largest value
   */
  AxisScale(double from, double to) {
    this.from = from;
    this.to = to;
  }

  void cover(double[] values) {
    for (double value : values) {
      if (!Double.isNaN(value)) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
  }

  /** Adds a margin at both ends. */
  void widen(double share) {
    double room = span() * share;
    least -= room;
    most += room;
  }

  double span() {
    return most > least ? most - least : 1;
  }

  double at(double value) {
    return from + (value - least) / span() * (to - from);
  }

  /** Round values: multiples of 1, 2 or 5 times a power of ten. */
  List<Double> roundTicks(int wanted) {
    List<Double> ticks = new ArrayList<>();
    if (least > most) {
      return ticks;
    }
    double raw = span() / wanted;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double step = raw / power < 1.5 ? power : raw / power < 3.5 ? 2 * power : 5 * power;
    for (long i = (long) Math.ceil(least / step); i * step <= most; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** Values at even distances, ends left free. */
  List<Double> evenTicks(int wanted) {
    List<Double> ticks = new ArrayList<>();
    for (int i = 0; i < wanted && least <= most; i++) {
      ticks.add(least + span() * (i + 0.5) / wanted);
    }
    return ticks;
  }
}

package io.longcast.model;

import java.util.List;

/** The checks of the spec records of this package: one message form for all. */
final class SpecRules {
  private SpecRules() {}

  static void atLeast(int value, int least, String key) {
    if (value < least) {
      throw wrong(key, ">= " + least, value);
    }
  }

  static void atMost(int value, int most, String key) {
    if (value > most) {
      throw wrong(key, "<= " + most, value);
    }
  }

  static void positive(double value, String key) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw wrong(key, "> 0 and finite", value);
    }
  }

  static void share(double value, String key) {
    if (!(value >= 0 && value < 1)) {
      throw wrong(key, "in [0, 1)", value);
    }
  }

  static void ascendingLevels(List<Double> levels, String key) {
    double previous = 0;
    for (double level : levels) {
      if (!(level > previous && level < 1)) {
        throw wrong(key, "ascending and inside (0, 1)", levels);
      }
      previous = level;
    }
  }

  static IllegalArgumentException wrong(String key, String rule, Object found) {
    String name = key.substring(key.lastIndexOf('.') + 1);
    return new IllegalArgumentException(
        name + " must be " + rule + ", found " + found + " (key " + key + ")");
  }
}

package io.longcast.train;

/** The conditions of this package's settings, each with its message. */
final class Checks {
  private Checks() {}

  static void range(long value, long least, long most, String key) {
    if (value < least || value > most) {
      String bound = most == Integer.MAX_VALUE ? ">= " + least : "in " + least + ".." + most;
      throw new IllegalArgumentException(message(key, bound, value));
    }
  }

  static void positive(double value, String key) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(message(key, "> 0", value));
    }
  }

  static void share(double value, String key) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(message(key, "in 0..1", value));
    }
  }

  private static String message(String key, String bound, Object found) {
    String name = key.substring(key.lastIndexOf('.') + 1);
    return name + " must be " + bound + ", found " + found + " (key " + key + ")";
  }
}

package io.longcast.benchmark;

/** Checks of settings. */
final class Bounds {
  private Bounds() {}

  static void atLeast(int least, int found, String key) {
    if (found < least) {
      String name = key.substring(key.lastIndexOf('.') + 1);
      throw new IllegalArgumentException(
          name + " must be >= " + least + ", found " + found + " (key " + key + ")");
    }
  }

  static void share(double found, String key) {
    if (!(found >= 0 && found <= 1)) {
      String name = key.substring(key.lastIndexOf('.') + 1);
      throw new IllegalArgumentException(
          name + " must be in [0, 1], found " + found + " (key " + key + ")");
    }
  }
}

package io.longcast.settings;

/**
 * Range checks of settings. Each throws a {@link SettingException} that names the key, the range
 * and the value found; NaN is outside every range.
 */
public final class SettingChecks {
  private SettingChecks() {}

  /**
   * A condition that the other checks do not cover.
   *
   * @param holds whether the value is inside its range
   * @param key of the setting
   * @param range as the message shows it: {@code in (0, 1)}
   * @param found the value
   */
  public static void require(boolean holds, String key, String range, Object found) {
    if (!holds) {
      throw SettingException.outOfRange(key, range, found);
    }
  }

  /** At least {@code min}. */
  public static void atLeast(long found, long min, String key) {
    require(found >= min, key, ">= " + min, found);
  }

  /** From {@code min} to {@code max}, both included. */
  public static void inRange(long found, long min, long max, String key) {
    require(found >= min && found <= max, key, "in [" + min + ", " + max + "]", found);
  }

  /** Above 0 and finite. */
  public static void positive(double found, String key) {
    require(found > 0 && Double.isFinite(found), key, "> 0 and finite", found);
  }

  /** From 0 to 1, both included. */
  public static void share(double found, String key) {
    require(found >= 0 && found <= 1, key, "in [0, 1]", found);
  }

  /** From 0, included, to 1, excluded. */
  public static void shareBelowOne(double found, String key) {
    require(found >= 0 && found < 1, key, "in [0, 1)", found);
  }
}

package io.longcast.settings;

import java.util.List;

/**
 * A setting that cannot be used. The settings keys at fault are values, so that a caller can find
 * the setting without reading the message; the message ends with them for the user.
 */
public class SettingException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final List<String> keys;

  /**
   * @param key the setting at fault, such as {@code training.batchSize}
   * @param problem what was expected and what was found, without the key
   */
  public SettingException(String key, String problem) {
    this(key, problem, null);
  }

  /**
   * @param key the setting at fault
   * @param problem what was expected and what was found, without the key
   * @param cause of the failure
   */
  public SettingException(String key, String problem, Throwable cause) {
    this(List.of(key), problem, cause);
  }

  /**
   * @param keys the settings that contradict each other, at least one
   * @param problem what was expected and what was found, without the keys
   */
  public SettingException(List<String> keys, String problem) {
    this(keys, problem, null);
  }

  private SettingException(List<String> keys, String problem, Throwable cause) {
    super(
        problem + (keys.size() == 1 ? " (key " : " (keys ") + String.join(", ", keys) + ")", cause);
    this.keys = List.copyOf(keys);
  }

  /** A value outside its range: {@code batchSize must be >= 1, found 0}. */
  static SettingException outOfRange(String key, String range, Object found) {
    String name = key.substring(key.lastIndexOf('.') + 1);
    return new SettingException(key, name + " must be " + range + ", found " + found);
  }

  /** The settings at fault, at least one. */
  public List<String> keys() {
    return keys;
  }
}

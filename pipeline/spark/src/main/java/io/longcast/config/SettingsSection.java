package io.longcast.config;

/**
 * A section of the settings that a module above this one owns, found by {@link
 * java.util.ServiceLoader}. Its defaults stand in that module's {@code reference.conf}, its values
 * in {@link RunSpec#section}.
 */
public interface SettingsSection {

  /** The key of the section, such as {@code logs}. */
  String name();

  /** What it binds to. */
  Class<? extends Record> type();
}

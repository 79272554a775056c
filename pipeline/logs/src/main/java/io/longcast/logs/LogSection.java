package io.longcast.logs;

import io.longcast.config.SettingsSection;

/** Declares the settings section {@code logs}. */
public final class LogSection implements SettingsSection {

  @Override
  public String name() {
    return "logs";
  }

  @Override
  public Class<? extends Record> type() {
    return LogSpec.class;
  }
}

package io.longcast.flow;

import io.longcast.config.SettingsSection;

/** Declares the settings section {@code pretrain}. */
public final class PretrainSection implements SettingsSection {

  @Override
  public String name() {
    return "pretrain";
  }

  @Override
  public Class<? extends Record> type() {
    return PretrainSettings.class;
  }
}

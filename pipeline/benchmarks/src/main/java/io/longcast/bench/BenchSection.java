package io.longcast.bench;

import io.longcast.config.SettingsSection;

/** Declares the settings section {@code bench}. */
public final class BenchSection implements SettingsSection {

  @Override
  public String name() {
    return "bench";
  }

  @Override
  public Class<? extends Record> type() {
    return BenchSpec.class;
  }
}

package io.longcast.config;

import java.io.Serializable;
import java.util.Map;

/**
 * Bound sections of the modules above this one, by their keys.
 *
 * @param byName each as its {@link SettingsSection} declares it
 */
public record ModuleSections(Map<String, Record> byName) implements Serializable {

  public ModuleSections {
    byName = Map.copyOf(byName);
  }

  /**
   * The section of a type.
   *
   * @throws IllegalStateException if no module on the class path declares one
   */
  public <T extends Record> T get(Class<T> type) {
    return byName.values().stream()
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no section of type " + type.getName() + " among " + byName.keySet()));
  }
}

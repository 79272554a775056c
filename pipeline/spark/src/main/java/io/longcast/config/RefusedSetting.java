package io.longcast.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.longcast.settings.SettingException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The setting of a section that the section's constructor refused.
 *
 * @param component of the section's record that holds the setting
 * @param value as it was set; null where nothing is set
 */
record RefusedSetting(String component, ConfigValue value) {

  /**
   * The setting that a refusal names: the first of its keys that differs from the reference, else
   * the first in this section; empty if it names none.
   *
   * @param path of the section, empty at the root
   */
  static Optional<RefusedSetting> of(
      Throwable refusal, ConfigObject from, ConfigObject reference, String path) {
    if (!(refusal instanceof SettingException setting)) {
      return Optional.empty();
    }
    String prefix = path.isEmpty() ? "" : path + ".";
    List<String> keys =
        setting.keys().stream()
            .filter(key -> key.startsWith(prefix))
            .map(key -> key.substring(prefix.length()))
            .toList();
    return keys.stream()
        .filter(key -> !Objects.equals(find(from, key), find(reference, key)))
        .findFirst()
        .or(() -> keys.stream().findFirst())
        .map(key -> new RefusedSetting(key.split("\\.", 2)[0], find(from, key)));
  }

  private static ConfigValue find(ConfigObject section, String key) {
    ConfigValue value = section;
    for (String name : key.split("\\.")) {
      value = value instanceof ConfigObject object ? object.get(name) : null;
    }
    return value;
  }
}

package io.longcast.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.Map;
import java.util.regex.Pattern;

/** Which settings are secrets, by the words in their key; their values are never shown. */
final class Secrets {
  static final String HIDDEN = "<hidden>";

  private static final Pattern SECRET =
      Pattern.compile(
          "(?i).*(password|passwd|passphrase|secret|token|credential|access.?key|private.?key"
              + "|api.?key|account.?key|jaas|sas).*");

  private Secrets() {}

  /** True if the value of this key must not be shown. */
  static boolean isSecret(String path) {
    return SECRET.matcher(path).matches();
  }

  /** How a value is shown in a message. */
  static String shown(String path, ConfigValue value) {
    if (isSecret(path)) {
      return HIDDEN;
    }
    return value.valueType() == ConfigValueType.STRING
        ? '"' + value.unwrapped().toString() + '"'
        : value.render(com.typesafe.config.ConfigRenderOptions.concise());
  }

  /** The same settings with every secret replaced. */
  static ConfigObject hide(ConfigObject settings) {
    ConfigObject shown = settings;
    for (Map.Entry<String, ConfigValue> entry : settings.entrySet()) {
      ConfigValue value = entry.getValue();
      if (value instanceof ConfigObject inner) {
        shown = shown.withValue(entry.getKey(), hide(inner));
      } else if (isSecret(entry.getKey()) && value.valueType() != ConfigValueType.NULL) {
        shown = shown.withValue(entry.getKey(), ConfigValueFactory.fromAnyRef(HIDDEN));
      }
    }
    return shown;
  }
}

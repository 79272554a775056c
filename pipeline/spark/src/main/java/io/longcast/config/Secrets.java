package io.longcast.config;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.regex.Pattern;

/**
 * Which settings are secrets, by the words in their key, or in an address that holds one; their
 * values are never shown.
 */
final class Secrets {
  static final String HIDDEN = "<hidden>";

  private static final Pattern SECRET =
      Pattern.compile(
          "(?i).*(password|passwd|passphrase|secret|token|credential|access.?key|private.?key"
              + "|api.?key|account.?key|jaas|sas).*");

  /** {@code s3a://key:secret@bucket}, {@code jdbc:postgresql://host/db?user=me&password=x}. */
  private static final Pattern IN_ADDRESS =
      Pattern.compile("(?is).*(://[^/@:]*:[^/@]*@|(password|pwd|secret|token|sig)=).*");

  private Secrets() {}

  /** True if the value of this key must not be shown. */
  static boolean isSecret(String path) {
    return SECRET.matcher(path).matches();
  }

  /** A value as text, or a stand-in where it must not be shown. */
  static String shown(String path, String value) {
    return isSecret(path) || IN_ADDRESS.matcher(value).matches() ? HIDDEN : value;
  }

  /** How a value is shown in a message. */
  static String shown(String path, ConfigValue value) {
    return shown(
        path,
        value.valueType() == ConfigValueType.STRING
            ? '"' + value.unwrapped().toString() + '"'
            : value.render(ConfigRenderOptions.concise()));
  }
}

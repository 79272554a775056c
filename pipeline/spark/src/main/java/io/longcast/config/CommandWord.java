package io.longcast.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import java.util.List;
import java.util.regex.Pattern;

/** A {@code key=value} word of the command line, read as a setting. */
public final class CommandWord {
  private static final String WHERE = "command line";

  /** Values with their own syntax; anything else is text, whatever signs it holds. */
  private static final Pattern STRUCTURED =
      Pattern.compile("(?s)-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?|true|false|null|[\\[{\"].*");

  private CommandWord() {}

  /** A text as the value of a word. */
  static String value(String text) {
    boolean plain = text.equals(text.trim()) && !STRUCTURED.matcher(text).matches();
    return plain ? text : ConfigUtil.quoteString(text);
  }

  /** The setting; empty, with a problem reported, where the word is none. */
  public static Config parse(String word, List<Problem> problems) {
    int equals = word.indexOf('=');
    if (equals < 1) {
      String shown = Secrets.shown(word, '"' + word + '"');
      problems.add(new Problem(WHERE, "expected key=value, found " + shown));
      return ConfigFactory.empty();
    }
    String key = word.substring(0, equals).trim();
    String value = word.substring(equals + 1).trim();
    try {
      String quoted = STRUCTURED.matcher(value).matches() ? value : ConfigUtil.quoteString(value);
      return SettingsText.parse(key + "=" + quoted, WHERE);
    } catch (InvalidSettingsException broken) {
      String cause = Secrets.isSecret(key) ? "" : ": " + broken.problems().get(0).what();
      problems.add(new Problem(WHERE, "cannot read the setting of " + key + cause));
      return ConfigFactory.empty();
    }
  }
}

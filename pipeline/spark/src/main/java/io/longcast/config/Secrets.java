package io.longcast.config;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is secret and never shown: values of keys that say so by a word in them, user names and
 * passwords in addresses. Every message and every stored setting passes {@link #shown} or {@link
 * #redact}.
 */
public final class Secrets {
  /** Stands for what is not shown. */
  public static final String HIDDEN = "<hidden>";

  /** Words in a key that make its value a secret; a regular expression, for Spark as well. */
  static final String WORDS =
      "password|passwd|passphrase|\\bpwd\\b|secret|token|credential|access.?key|private.?key"
          + "|api.?key|account.?key|jaas|\\bsas\\b|\\bsig\\b|authorization";

  /**
   * User and password in an address, {@code s3a://key:secret@bucket}; a secret may hold slashes, a
   * port is none, and neither is the container of Azure's addresses. No part goes beyond the next
   * address, so that the time is linear.
   */
  static final String USER_INFO =
      "(?<=://)(?<!(?:abfs|abfss|wasb|wasbs)://)"
          + "[^\\s\"'@/:]*+(?::(?!\\d{1,5}(?:[/\\s\"']|$))(?:(?!://)[^\\s\"'@])*+)?@";

  /**
   * Keys and values that Spark hides in its web page and event log ({@code spark.redaction.regex}):
   * what is secret here, shared access signatures, keys of variables of the environment, and
   * command lines with the address of a webhook.
   */
  private static final String OF_SPARK = "(?i)" + WORDS + "|sas|_key\\b|alerts\\.http|" + USER_INFO;

  /** What Spark hides in the text of a query plan ({@code spark.sql.redaction.string.regex}). */
  private static final String OF_PLANS =
      USER_INFO + "|(?i)(?:" + WORDS + ")[\\w.#-]{0,64}+\\s{0,4}+=\\s{0,4}+[^\\s,;)\\]}]++";

  /** Letters of a key after the word that makes its value a secret; more are no key. */
  private static final int MAX_KEY_REST = 64;

  private static final Pattern SECRET_KEY = Pattern.compile("(?i)" + WORDS);

  /** Of keys, which are short, more is hidden than of texts, where "sas" may stand in any word. */
  private static final Pattern SHORT_WORDS = Pattern.compile("(?i)sas");

  private static final Pattern IN_ADDRESS = Pattern.compile(USER_INFO);

  private Secrets() {}

  /**
   * Settings by which Spark hides the same secrets in its web page, its event log and its log, by
   * key; an expression of the user's own stands before ours.
   *
   * @param given gives the value of a setting of the user, or null
   */
  public static Map<String, String> sparkSettings(UnaryOperator<String> given) {
    Map<String, String> settings = new TreeMap<>();
    Map.of("spark.redaction.regex", OF_SPARK, "spark.sql.redaction.string.regex", OF_PLANS)
        .forEach(
            (key, ours) -> {
              String own = given.apply(key);
              if (own == null || own.isEmpty()) {
                settings.put(key, ours);
              } else {
                settings.put(key, own.contains(ours) ? own : "(?:" + own + ")|" + ours);
              }
            });
    return settings;
  }

  /** True if the value of this key must not be shown. */
  static boolean isSecret(String path) {
    // Addresses of webhooks are secrets as a whole.
    return path.startsWith("alerts.http")
        || SECRET_KEY.matcher(path).find()
        || SHORT_WORDS.matcher(path).find();
  }

  /** A value as text, or a stand-in where it must not be shown. */
  static String shown(String path, String value) {
    return isSecret(path) || !redact(value).equals(value) ? HIDDEN : value;
  }

  /** How a value is shown in a message. */
  static String shown(String path, ConfigValue value) {
    return shown(
        path,
        value.valueType() == ConfigValueType.STRING
            ? '"' + value.unwrapped().toString() + '"'
            : value.render(ConfigRenderOptions.concise()));
  }

  /**
   * A text for people without the secrets in it: user names and passwords in addresses, and what
   * follows {@code password=} and the like. Takes time linear in the text.
   */
  public static String redact(String text) {
    String plain = text.contains("://") ? IN_ADDRESS.matcher(text).replaceAll(HIDDEN + "@") : text;
    return withoutAssignments(plain);
  }

  /** Hides the value after {@code word=} or {@code "word":}. */
  private static String withoutAssignments(String text) {
    StringBuilder plain = new StringBuilder();
    int from = 0;
    Matcher word = SECRET_KEY.matcher(text);
    for (int at = 0; at < text.length() && word.find(at); ) {
      int value = valueAt(text, word.end());
      at = word.end();
      if (value > 0) {
        at = Math.max(value, valueEnd(text, value));
        plain.append(text, from, value).append(at > value ? HIDDEN : "");
        from = at;
      }
    }
    return plain.append(text, from, text.length()).toString();
  }

  /** Where the value of a key begins whose secret word ends here; -1 where none follows. */
  private static int valueAt(String text, int wordEnd) {
    int at = wordEnd;
    int end = Math.min(text.length(), wordEnd + MAX_KEY_REST);
    while (at < end
        && (Character.isLetterOrDigit(text.charAt(at)) || "._-".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    boolean quoted = at < text.length() && text.charAt(at) == '"';
    at = skipBlanks(text, quoted ? at + 1 : at);
    boolean assigned =
        at < text.length() && (text.charAt(at) == '=' || quoted && text.charAt(at) == ':');
    return assigned ? skipBlanks(text, at + 1) : -1;
  }

  private static int skipBlanks(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at;
  }

  private static int valueEnd(String text, int from) {
    if (from < text.length() && "\"'".indexOf(text.charAt(from)) >= 0) {
      int end = from + 1;
      while (end < text.length() && text.charAt(end) != text.charAt(from)) {
        end += text.charAt(end) == '\\' ? 2 : 1;
      }
      return Math.min(text.length(), end + 1);
    }
    int at = from;
    while (at < text.length() && " \t\n\r,;&\"'})]".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }
}

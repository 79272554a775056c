package io.longcast.logs.template;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A template: tokens joined by blanks, {@code <*>} for what varies.
 *
 * @param text of the template
 * @param count lines it stands for
 */
public record Template(String text, long count) implements Serializable {

  /** Most frequent first, then by text: the order of every list of templates. */
  public static final Comparator<Template> CANONICAL =
      Comparator.comparingLong(Template::count).reversed().thenComparing(Template::text);

  public Template {
    if (text.isEmpty() || !text.equals(text.strip()) || text.contains("  ")) {
      throw new IllegalArgumentException(
          "a template is tokens joined by single blanks, found \"" + text + "\"");
    }
  }

  /** Sixteen hexadecimal digits of the text's SHA-256. */
  public String id() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** What stood at the wildcards of a line of this template; empty if the line is of another. */
  public List<String> parameters(String content) {
    Matcher matcher = pattern().matcher(content.strip());
    List<String> values = new ArrayList<>();
    if (matcher.matches()) {
      for (int i = 1; i <= matcher.groupCount(); i++) {
        values.add(matcher.group(i));
      }
    }
    return values;
  }

  /** A regular expression with one group a wildcard; compile once where many lines are read. */
  public Pattern pattern() {
    StringBuilder regex = new StringBuilder();
    int from = 0;
    for (int at = text.indexOf(LineTokens.WILDCARD); at >= 0; ) {
      regex.append(literal(text.substring(from, at))).append("(.*?)");
      from = at + LineTokens.WILDCARD.length();
      at = text.indexOf(LineTokens.WILDCARD, from);
    }
    return Pattern.compile(regex.append(literal(text.substring(from))).toString());
  }

  private static String literal(String text) {
    return text.isEmpty() ? "" : Pattern.quote(text).replace(" ", "\\E\\s+\\Q");
  }
}

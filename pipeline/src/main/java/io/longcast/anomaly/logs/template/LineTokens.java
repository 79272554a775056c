package io.longcast.anomaly.logs.template;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a line into tokens with what varies by its look replaced by {@code <*>}: first the masks,
 * then every token with a digit keeps what stands before its first digit ({@code core.1024} becomes
 * {@code core.<*>}), and of {@code key=value} the key. A pure function of the line.
 */
final class LineTokens {
  static final String WILDCARD = "<*>";
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final String CLOSING = ")]}\"',;:.";

  private final List<Mask> masks;
  private final Matcher[] matchers;

  LineTokens(List<Mask> masks) {
    this.masks = masks;
    matchers =
        masks.stream()
            .map(mask -> Pattern.compile(mask.regex()).matcher(""))
            .toArray(Matcher[]::new);
  }

  /** The tokens of a line's content, joined by one blank; empty for a blank line. */
  String masked(String content) {
    String text = content.strip();
    long[] present = Mask.present(text);
    for (int i = 0; i < matchers.length; i++) {
      if (masks.get(i).mayMatch(present)) {
        text = matchers[i].reset(text).replaceAll(WILDCARD);
      }
    }
    StringBuilder joined = new StringBuilder(text.length());
    for (String token : BLANKS.split(text)) {
      joined.append(joined.isEmpty() ? "" : " ").append(token(token));
    }
    return joined.toString();
  }

  static String[] split(String masked) {
    return masked.split(" ", -1);
  }

  static String token(String token) {
    int keyEnd = keyEnd(token);
    if (keyEnd > 0 && looksLikeValue(token, keyEnd)) {
      return wild(token, keyEnd);
    }
    int value = firstValue(token);
    return value < 0 ? token : wild(token, afterSign(token, value));
  }

  private static String wild(String token, int from) {
    int end = token.length();
    while (end > from && CLOSING.indexOf(token.charAt(end - 1)) >= 0) {
      end--;
    }
    return token.substring(0, from) + WILDCARD + token.substring(end);
  }

  /** Position after the = of key=value, or 0. */
  private static int keyEnd(String token) {
    int equals = token.indexOf('=');
    return equals > 0 && equals + 1 < token.length() && Character.isLetter(token.charAt(equals - 1))
        ? equals + 1
        : 0;
  }

  private static boolean looksLikeValue(String token, int from) {
    return token.indexOf('.', from) >= 0
        || token.indexOf(WILDCARD, from) >= 0
        || digit(token, from) >= 0;
  }

  private static int firstValue(String token) {
    int digit = digit(token, 0);
    int wildcard = token.indexOf(WILDCARD);
    return digit < 0 || wildcard < 0 ? Math.max(digit, wildcard) : Math.min(digit, wildcard);
  }

  private static int digit(String token, int from) {
    for (int i = from; i < token.length(); i++) {
      if (token.charAt(i) >= '0' && token.charAt(i) <= '9') {
        return i;
      }
    }
    return -1;
  }

  private static int afterSign(String token, int value) {
    return value > 0 && (token.charAt(value - 1) == '-' || token.charAt(value - 1) == '+')
        ? value - 1
        : value;
  }
}

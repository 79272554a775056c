package io.longcast.logs.template;

import static io.longcast.logs.template.LineTokens.WILDCARD;

import java.util.Set;

/**
 * Masks the words of one token. A token falls into words at {@value #BREAKS}; a word with a digit,
 * or one that begins as a path does, is a value as a whole: {@code (size=1024)} becomes {@code
 * (size=<*>)}. Not thread-safe.
 */
final class ValueWords {
  private static final String BREAKS = "=:,;()[]{}<>\"'|#@";
  private static final String TRAILING = ".-";
  private static final int WILD = WILDCARD.length();
  private final boolean joined;
  private final boolean fill;
  private final boolean addresses;
  private final StringBuilder out = new StringBuilder();

  /** Where the last value ends in what is out, or -1 if more than punctuation followed it. */
  private int valueEnd;

  ValueWords(Set<TokenRule> rules) {
    joined = rules.contains(TokenRule.JOINED);
    fill = rules.contains(TokenRule.FILL);
    addresses = rules.contains(TokenRule.ADDRESSES);
  }

  /** A token with {@code <*>} for each value. */
  String masked(String token) {
    String text = addresses && token.indexOf(':') >= 0 ? withoutAddresses(token) : token;
    out.setLength(0);
    valueEnd = -1;
    for (int at = isBelow(text) ? 1 : 0; at < text.length(); ) {
      int end = end(text, at);
      word(text, at, end);
      at = end;
    }
    return out.toString();
  }

  /** The token with a wildcard for every run of hexadecimal groups between colons. */
  private static String withoutAddresses(String token) {
    StringBuilder text = new StringBuilder(token.length());
    int at = 0;
    while (at < token.length()) {
      int end = at;
      while (end < token.length() && isAddressCharacter(token.charAt(end))) {
        end++;
      }
      boolean address =
          (at == 0 || !isWordCharacter(token.charAt(at - 1)))
              && (end == token.length() || !isWordCharacter(token.charAt(end)))
              && isAddress(token, at, end);
      text.append(address ? WILDCARD : token.substring(at, end));
      if (end < token.length()) {
        text.append(token.charAt(end));
      }
      at = end + 1;
    }
    return text.toString();
  }

  /** Two colons or more, at most four digits between them, and a digit before one of them. */
  private static boolean isAddress(String token, int from, int to) {
    int colons = 0;
    int digits = 0;
    boolean digitBeforeColon = false;
    for (int i = from; i < to; i++) {
      if (token.charAt(i) == ':') {
        digitBeforeColon |= digits > 0;
        colons++;
        digits = 0;
      } else if (++digits > 4) {
        return false;
      }
    }
    return colons >= 2 && digitBeforeColon;
  }

  private static boolean isAddressCharacter(char c) {
    return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' || c == ':';
  }

  private static boolean isWordCharacter(char c) {
    return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
  }

  /** Whether the token is a bound such as {@code <1}. */
  private static boolean isBelow(String token) {
    return token.length() > 1
        && token.charAt(0) == '<'
        && isDigit(token.charAt(1))
        && token.indexOf('>') < 0;
  }

  /** Where the word, the break or the wildcard that begins at a position ends. */
  private int end(String text, int from) {
    if (text.startsWith(WILDCARD, from)) {
      return from + WILD;
    }
    if (isFill(text, from)) {
      int end = from;
      while (end < text.length() && text.charAt(end) == '.') {
        end++;
      }
      return end;
    }
    int end = from;
    boolean query = false;
    while (end < text.length() && !isBreak(text.charAt(end), query) && !isFill(text, end)) {
      query |= text.charAt(end) == '?';
      end++;
    }
    return Math.max(end, from + 1);
  }

  /** The query of an address, {@code ?from=1}, is a part of the word. */
  private static boolean isBreak(char c, boolean inQuery) {
    return BREAKS.indexOf(c) >= 0 && !(inQuery && c == '=');
  }

  private boolean isFill(String text, int at) {
    return fill
        && text.startsWith("..", at)
        && (at + 2 >= text.length() || text.charAt(at + 2) != '/');
  }

  private void word(String text, int from, int to) {
    if (text.startsWith(WILDCARD, from)) {
      value();
    } else if (isValue(text, from, to)) {
      int end = to;
      while (end > from + 1 && TRAILING.indexOf(text.charAt(end - 1)) >= 0) {
        end--;
      }
      value();
      out.append(text, end, to);
    } else {
      out.append(text, from, to);
      valueEnd = isBetweenValues(text, from, to) ? valueEnd : -1;
    }
  }

  private void value() {
    if (joined && valueEnd >= 0) {
      out.setLength(valueEnd);
    } else {
      out.append(WILDCARD);
    }
    valueEnd = out.length();
  }

  private boolean isValue(String text, int from, int to) {
    boolean digit = false;
    boolean letter = false;
    for (int i = from; i < to && !digit; i++) {
      digit = isDigit(text.charAt(i));
      letter |= Character.isLetter(text.charAt(i));
    }
    return digit || letter && isPath(text, from);
  }

  private static boolean isPath(String text, int from) {
    int at = from;
    while (at < text.length() && at < from + 2 && text.charAt(at) == '.') {
      at++;
    }
    return at < text.length() && (text.charAt(at) == '/' || text.charAt(at) == '\\');
  }

  private static boolean isBetweenValues(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (Character.isLetter(c) || c == '=' || c == '<' || c == '_') {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}

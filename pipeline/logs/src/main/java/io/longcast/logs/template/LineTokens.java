package io.longcast.logs.template;

import io.longcast.logs.text.LinearPattern;
import io.longcast.logs.text.WorkLimitException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Splits a line into tokens and replaces variable values by {@code <*>}: first by the masks of this
 * log, then by the {@link TokenRule rules} for numbers, addresses and ids. A pure function of the
 * line. Not thread-safe.
 */
final class LineTokens {
  static final String WILDCARD = "<*>";
  private static final String BEFORE_WORD = "([\"'";
  private static final String AFTER_WORD = ")]\"',:;.!?(*";

  private final List<LinearPattern> masks;
  private final ValueWords words;
  private final ValueRuns runs;

  /**
   * @param masks regular expressions of what varies in this log
   * @param rules of what varies in any
   */
  LineTokens(List<String> masks, Set<TokenRule> rules) {
    this.masks = masks.stream().map(mask -> LinearPattern.of(mask, TemplateSpec.MASKS)).toList();
    words = new ValueWords(rules);
    runs = new ValueRuns(rules);
  }

  /** Masks and all rules. */
  static LineTokens of(List<String> masks) {
    return new LineTokens(masks, EnumSet.allOf(TokenRule.class));
  }

  /**
   * The tokens of a line's content, joined by one blank; empty for a blank line.
   *
   * @throws io.longcast.logs.text.WorkLimitException if a mask takes more work than a line of this
   *     length may
   */
  String masked(String content) {
    String text = content;
    for (LinearPattern mask : masks) {
      text = mask.replaceAll(text, WILDCARD);
    }
    List<String> tokens = new ArrayList<>();
    int from = 0;
    for (int at = 0; at <= text.length(); at++) {
      if (at == text.length() || Character.isWhitespace(text.charAt(at))) {
        if (at > from) {
          tokens.add(words.masked(text.substring(from, at)));
        }
        from = at + 1;
      }
    }
    return runs.joined(tokens);
  }

  /** The same; empty for a line whose masks exceed its budget of work: no template is learned. */
  String maskedOrBlank(String content) {
    try {
      return masked(content);
    } catch (WorkLimitException tooMuch) {
      return "";
    }
  }

  static String[] split(String masked) {
    return masked.split(" ", -1);
  }

  /**
   * Whether a token is a word of prose, with no punctuation in it, or none but punctuation. Names
   * of hosts, files and classes are not, and may be values.
   */
  static boolean isPlain(String token) {
    int from = 0;
    int to = token.length();
    while (from < to && BEFORE_WORD.indexOf(token.charAt(from)) >= 0) {
      from++;
    }
    while (to > from && AFTER_WORD.indexOf(token.charAt(to - 1)) >= 0) {
      to--;
    }
    for (int i = from; i < to; i++) {
      char c = token.charAt(i);
      if (!(Character.isLetter(c) || i > from && (c == '-' || c == '_'))) {
        return token.chars().noneMatch(Character::isLetterOrDigit) && !token.contains(WILDCARD);
      }
    }
    return true;
  }
}

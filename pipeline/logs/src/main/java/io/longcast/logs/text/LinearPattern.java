package io.longcast.logs.text;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.longcast.settings.SettingException;
import java.util.Optional;

/**
 * A regular expression of the settings in the RE2 syntax, which matches without backtracking: one
 * search takes time linear in the text. Look-around, back-references, possessive quantifiers and
 * class intersections, which need backtracking or mean something else in RE2, are refused.
 *
 * <p>Replacing all matches may still look at a character once for each match before it; {@link
 * #replaceAll} therefore has a budget of {@value #READS_PER_CHARACTER} reads for each character.
 *
 * @see <a href="https://github.com/google/re2/wiki/Syntax">RE2 syntax</a>
 */
public final class LinearPattern {
  static final int READS_PER_CHARACTER = 100;

  /** Short texts may be searched in any way. */
  private static final int FREE_CHARACTERS = 100;

  private final Pattern pattern;

  private LinearPattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * Compiles an expression.
   *
   * @param key the setting it is from, for the message
   * @throws SettingException if it is not an expression of the RE2 syntax
   */
  public static LinearPattern of(String regex, String key) {
    try {
      Pattern pattern = Pattern.compile(regex);
      if (hasNestedClass(regex)) {
        throw refused(regex, "a class inside a class, or an intersection &&", key, null);
      }
      return new LinearPattern(pattern);
    } catch (PatternSyntaxException e) {
      throw refused(regex, e.getDescription() + ": " + e.getPattern(), key, e);
    }
  }

  /**
   * Compiles an expression whose first group is looked for.
   *
   * @throws SettingException if it has no group or is not of the RE2 syntax
   */
  public static LinearPattern withGroup(String regex, String key) {
    LinearPattern pattern = of(regex, key);
    if (pattern.pattern.groupCount() < 1) {
      throw new SettingException(
          key, "the regular expression must have a group (…), found \"%s\"".formatted(regex));
    }
    return pattern;
  }

  private static SettingException refused(
      String regex, String why, String key, PatternSyntaxException cause) {
    return new SettingException(
        key,
        ("not a regular expression of the RE2 syntax, which has no look-around, back-references,"
                + " possessive quantifiers or class intersections: %s in \"%s\"")
            .formatted(why, regex),
        cause);
  }

  /** RE2 would take the brackets and ampersands literally, where Java has classes. */
  private static boolean hasNestedClass(String regex) {
    boolean inClass = false;
    for (int i = 0; i < regex.length(); i++) {
      char c = regex.charAt(i);
      if (c == '\\') {
        i = regex.startsWith("\\Q", i) ? endOfQuote(regex, i) : i + 1;
      } else if (!inClass && c == '[') {
        inClass = true;
        i += regex.startsWith("^]", i + 1) ? 2 : regex.startsWith("]", i + 1) ? 1 : 0;
      } else if (inClass && c == '[' && regex.startsWith("[:", i) && regex.contains(":]")) {
        i = Math.max(i, regex.indexOf(":]", i) + 1);
      } else if (inClass && (c == '[' || regex.startsWith("&&", i))) {
        return true;
      } else if (c == ']') {
        inClass = false;
      }
    }
    return false;
  }

  private static int endOfQuote(String regex, int from) {
    int end = regex.indexOf("\\E", from);
    return end < 0 ? regex.length() : end + 1;
  }

  /** What the first group of the first match holds; empty if nothing matches or it is unused. */
  public Optional<String> firstGroup(CharSequence text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.ofNullable(matcher.group(1)) : Optional.empty();
  }

  /** Whether a text has a match. */
  public boolean isFoundIn(CharSequence text) {
    return pattern.matcher(text).find();
  }

  /**
   * The text with every match replaced by a literal; the text itself where nothing matches.
   *
   * @throws WorkLimitException if the matches look ahead so far, and match so little, that the work
   *     would grow with the square of the length
   */
  public String replaceAll(String text, String literal) {
    CountedText counted =
        new CountedText(text, READS_PER_CHARACTER * (FREE_CHARACTERS + (long) text.length()));
    Matcher matcher = pattern.matcher(counted);
    if (!matcher.find()) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int from = 0;
    do {
      out.append(text, from, matcher.start()).append(literal);
      from = matcher.end();
    } while (matcher.find());
    return out.append(text, from, text.length()).toString();
  }

  @Override
  public String toString() {
    return pattern.toString();
  }
}

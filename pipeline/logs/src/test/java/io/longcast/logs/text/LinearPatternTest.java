package io.longcast.logs.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions of the settings: what they match, what is refused, and how much work they take. */
class LinearPatternTest {
  private static final String KEY = "logs.templates.masks";

  @Test
  void findsTheFirstGroup() {
    LinearPattern pattern = LinearPattern.withGroup("(blk_-?\\d+)", KEY);
    assertThat(pattern.firstGroup("Received blk_-38 of blk_7")).contains("blk_-38");
    assertThat(pattern.firstGroup("nothing")).isEmpty();
    assertThat(LinearPattern.withGroup("a(x)?b", KEY).firstGroup("ab")).isEmpty();
  }

  @Test
  void replacesEveryMatchByALiteral() {
    assertThat(LinearPattern.of("\\d+", KEY).replaceAll("a1 b22 $0", "$<*>"))
        .isEqualTo("a$<*> b$<*> $$<*>");
    String same = "no digits";
    assertThat(LinearPattern.of("\\d+", KEY).replaceAll(same, "<*>")).isSameAs(same);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?=a)b",
        "(?!a)b",
        "(?<=a)b",
        "(?<!a)b",
        "(a)\\1",
        "(?<n>a)\\k<n>",
        "a++",
        "(?>a)b",
        "(",
        "[a&&b]",
        "[a[bc]]",
        "[^a&&[b]]"
      })
  void refusesWhatNeedsBacktrackingOrMeansSomethingElse(String regex) {
    assertThatThrownBy(() -> LinearPattern.of(regex, KEY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("RE2 syntax")
        .hasMessageContaining(regex)
        .hasMessageContaining("(key " + KEY + ")");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\\[(]",
        "[]a]",
        "[^]a]",
        "[[:alpha:]]+",
        "\\Q[a[\\E",
        "\\[a\\[b",
        "[a&b]",
        "a{2,3}?"
      })
  void acceptsTheRest(String regex) {
    assertThat(LinearPattern.of(regex, KEY)).hasToString(regex);
  }

  @Test
  void aGroupIsAskedForWhereOneIsNeeded() {
    assertThatThrownBy(() -> LinearPattern.withGroup("job-\\d+", KEY))
        .hasMessageContaining("must have a group")
        .hasMessageContaining("(key " + KEY + ")");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {"(a+)+b a", "(a|a)*c a", "([a-z]+)*\\d$ abc", "(x+x+)+y x", "(.*)*;(.*)*= k"})
  void searchesInReadsLinearInTheLength(String regex, String unit) {
    LinearPattern pattern = LinearPattern.withGroup(regex, KEY);
    for (int length : new int[] {1000, 10_000, 100_000}) {
      CountedText text = new CountedText(unit.repeat(length / unit.length()), Long.MAX_VALUE);
      pattern.firstGroup(text);
      assertThat(text.reads()).as("%d characters", length).isLessThan(10L * length);
    }
  }

  /** Each search looks ahead to the end and matches one character: the square of the length. */
  @Test
  void aReplacementThatGrowsWithTheSquareIsGivenUp() {
    LinearPattern pattern = LinearPattern.of("a.*b|a", KEY);
    assertThat(pattern.replaceAll("a".repeat(50), "x")).isEqualTo("x".repeat(50));
    assertThatThrownBy(() -> pattern.replaceAll("a".repeat(10_000), "x"))
        .isInstanceOf(WorkLimitException.class)
        .hasMessageContaining(String.format(Locale.ROOT, "%d characters", 100L * (10_000 + 100)));
  }
}

package io.longcast.logs.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnsiCodesTest {
  /** § stands for the escape character, ¤ for the bell, ¢ for the one-character introducer. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "§[32mgreen§[0m;green",
        "'§[1;31;48:5:196mloud§[m';loud",
        "a§[2Kb;ab",
        "'§[38;2;1;2;3mx';x",
        "¢31mx¢0m;x",
        "'§]0;title¤text';text",
        "'§]8;;http://a/b§\\link§]8;;§\\ end';link end",
        "§(Bplain;plain",
        "§=x§>;x",
        "#033[31mred#033[0m;red",
        "^[[31mred^[[0m;red",
        "\\x1b[31mred\\x1B[0m;red",
        "\\033[1mbold\\e[0m;bold",
        "keep #033 and ^[a-z] and \\e;keep #033 and ^[a-z] and \\e",
        "regex ^[[0-9]+;regex ^[[0-9]+",
        "cut §[;cut ",
        "cut §]title;cut title",
        "plain;plain"
      })
  void stripsSequencesAndKeepsTheText(String text, String stripped) {
    String coded = text.replace('§', '\u001b').replace('¤', '\u0007').replace('¢', '\u009b');
    assertThat(AnsiCodes.strip(coded)).isEqualTo(stripped);
  }

  @Test
  void aTextWithoutSequencesIsNotCopied() {
    String text = "2024-01-01 a #1 ^2 \\3";
    assertThat(AnsiCodes.strip("plain")).isEqualTo("plain");
    assertThat(AnsiCodes.strip(text)).isEqualTo(text);
  }

  @Test
  void millionsOfIntroducersTakeOnePass() {
    int many = 2_000_000;
    assertThat(AnsiCodes.strip("\u001b]".repeat(many))).isEmpty();
    assertThat(AnsiCodes.strip("\u001b[".repeat(many))).isEmpty();
    assertThat(AnsiCodes.strip("#033[".repeat(many))).hasSize(5 * many);
    assertThat(AnsiCodes.strip("\u001b]" + "x".repeat(many))).hasSize(many);
  }
}

package io.longcast.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.read.text.NumberSpec;
import io.longcast.read.text.NumberText;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbers written as text. */
class TextKernelsTest {
  private final NumberText numbers = new NumberText(NumberSpec.PLAIN, List.of("", "NA"));

  @Test
  void readsNumbersAndTellsTextFromInfinityAndFromNothing() {
    assertThat(numbers.number(" -1.5e3 ")).isEqualTo(-1500.0);
    assertThat(numbers.number("")).isNull();
    assertThat(numbers.number(" NA ")).isNull();
    assertThat(numbers.number(null)).isNull();
    for (String text : List.of("abc", "7d", "1.f", "12,5 bar", "--", "1 2", "0x", "d")) {
      assertThat(numbers.number(text)).as(text).isEqualTo(NumberText.UNREADABLE);
    }
    for (String text : List.of("NaN", "inf", "-Infinity", "1e39", "+INF", "1e999")) {
      assertThat(numbers.number(text)).as(text).isNaN();
    }
  }
}

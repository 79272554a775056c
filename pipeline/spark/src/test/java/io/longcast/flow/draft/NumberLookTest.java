package io.longcast.flow.draft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbers as people write them. */
class NumberLookTest {
  private static NumberLook of(String... cells) {
    return NumberLook.of(List.of(List.of(cells)), false);
  }

  @Test
  void tellsFractionsFromGroups() {
    assertThat(of("20,39", "21,7", "1.029,5"))
        .isEqualTo(new NumberLook(",", ".", List.of(), List.of()));
    assertThat(of("2,000.39", "20.1")).isEqualTo(new NumberLook(".", ",", List.of(), List.of()));
    assertThat(of("1.000", "1.008", "970", "1.015"))
        .isEqualTo(new NumberLook(",", ".", List.of(), List.of()));
    assertThat(of("1.000", "1.008", "1.015")).as("fractions in doubt").isEqualTo(NumberLook.PLAIN);
    assertThat(of("1.234.567", "2.345.678").thousands()).isEqualTo(".");
    assertThat(of("1'234.5", "2'345.5").thousands()).isEqualTo("'");
    assertThat(of("1\u202f234,5", "12,25"))
        .isEqualTo(new NumberLook(",", " ", List.of(), List.of()));
    assertThat(of("1e-3", "-2.5E+4", ".5")).isEqualTo(NumberLook.PLAIN);
  }

  @Test
  void findsUnitsAndMarks() {
    NumberLook temperature = of("20.39 °C", "21.73 °C", "?", "22.52 °C");
    assertThat(temperature.units()).containsExactly("°C");
    assertThat(temperature.marks()).containsExactly("?");
    assertThat(temperature.isNumber(List.of("20.39 °C", "?"))).isTrue();
    assertThat(of("$1,200.50", "$900.25").units()).containsExactly("$");
    assertThat(of("45 %", "46%").units()).containsExactly("%");
  }

  @Test
  void leavesTextsTexts() {
    for (List<String> cells :
        List.of(
            List.of("s0", "s1", "s2"),
            List.of("10.0.0.3", "10.0.0.4"),
            List.of("2024-01-01", "2024-01-02"),
            List.of("12:30", "12:31"),
            List.of("01.01.2024", "02.01.2024"),
            List.of("?", "?"))) {
      assertThat(NumberLook.of(List.of(cells), false).isNumber(cells))
          .as(cells.toString())
          .isFalse();
    }
  }
}

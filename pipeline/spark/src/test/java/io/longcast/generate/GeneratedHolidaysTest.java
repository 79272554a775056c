package io.longcast.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class GeneratedHolidaysTest {
  @Test
  void easterFallsWhereTheChurchSaysItDoes() {
    assertThat(GeneratedHolidays.easter(2000)).isEqualTo(LocalDate.of(2000, 4, 23));
    assertThat(GeneratedHolidays.easter(2024)).isEqualTo(LocalDate.of(2024, 3, 31));
    assertThat(GeneratedHolidays.easter(2025)).isEqualTo(LocalDate.of(2025, 4, 20));
    assertThat(GeneratedHolidays.easter(2038)).isEqualTo(LocalDate.of(2038, 4, 25));
  }

  @Test
  void knowsFixedAndMovableHolidays() {
    assertThat(GeneratedHolidays.contains(LocalDate.of(2024, 12, 25))).isTrue();
    assertThat(GeneratedHolidays.contains(LocalDate.of(2024, 3, 29))).as("Good Friday").isTrue();
    assertThat(GeneratedHolidays.contains(LocalDate.of(2024, 5, 9))).as("Ascension").isTrue();
    assertThat(GeneratedHolidays.contains(LocalDate.of(2024, 3, 28))).isFalse();
  }
}

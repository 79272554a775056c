package io.longcast.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers and times written as text. */
class TextKernelsTest {
  private final NumberText numbers = new NumberText(List.of("", "NA"));

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-02-29T23:59:59Z",
        "2024-02-29 23:59:59",
        "2024-02-29T23:59:59.5Z",
        "2024-02-29 23:59:59.123456",
        "0001-01-01T00:00:00.000000001Z"
      })
  void readsTheCommonShapeAsTheFormatterDoes(String text) {
    String iso = text.replace(' ', 'T') + (text.endsWith("Z") ? "" : "Z");
    assertThat(IsoText.matches(text)).isTrue();
    assertThat(auto("UTC").micros(text)).isEqualTo(TimestampText.micros(Instant.parse(iso)));
    assertThat(auto("UTC").isLocal(text)).isEqualTo(!text.endsWith("Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-02-30T00:00:00Z",
        "2024-13-01T00:00:00",
        "2024-01-01T24:00:00Z",
        "2024-01-01T00:00:61"
      })
  void findsNoTimeInTheShapeOfOne(String text) {
    assertThat(auto("UTC").micros(text)).isEqualTo(TimestampText.UNREADABLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-01-01",
        "2024-01-01T00:00",
        "2024-01-01T00:00:00+01:00",
        "2024-01-01T00:00:00.",
        "Z",
        "",
        "2024-01-01x00:00:00",
        "2024-01-01T00:00:00.1234567890"
      })
  void leavesOtherShapesToTheFormatter(String text) {
    assertThat(IsoText.matches(text)).isFalse();
  }

  @Test
  void knowsTheHourThatIsSkippedAndTheOneThatRepeats() {
    TimestampText berlin = auto("Europe/Berlin");
    assertThat(berlin.micros("2024-03-31 02:30:00")).isEqualTo(TimestampText.SKIPPED);
    assertThat(berlin.micros("2024-10-27T02:30:00"))
        .isEqualTo(TimestampText.micros(Instant.parse("2024-10-27T00:30:00Z")));
  }

  private static TimestampText auto(String zone) {
    return new TimestampText("auto", ZoneId.of(zone));
  }
}

package io.longcast.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimeFormatsTest {
  private static List<String> hours(String pattern) {
    DateTimeFormatter written = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    LocalDateTime start = LocalDateTime.of(2024, 1, 28, 22, 0);
    return IntStream.range(0, 400).mapToObj(i -> written.format(start.plusHours(i))).toList();
  }

  @Test
  void findsThePatternThatTimesWereWrittenWith() {
    for (String pattern :
        List.of(
            "dd/MM/yyyy HH:mm",
            "MM/dd/yyyy HH:mm",
            "d.M.yyyy H:mm",
            "MM/dd/yyyy hh:mm a",
            "yyyy/MM/dd HH:mm:ss",
            "yyyyMMddHHmm",
            "dd-MMM-yyyy HH:mm")) {
      assertThat(TimeFormats.of(hours(pattern))).as(pattern).contains(pattern);
    }
    assertThat(TimeFormats.of(hours("yyyy-MM-dd'T'HH:mm:ss'+02:00'"))).contains("auto");
    assertThat(TimeFormats.of(hours("yyyy-MM-dd HH:mm"))).contains("auto");
  }

  /** Where no day is beyond the twelfth, days that follow each other decide. */
  @Test
  void ordersDayAndMonthByWhatIsRegular() {
    DateTimeFormatter written = DateTimeFormatter.ofPattern("MM/dd/yyyy");
    List<String> days = new ArrayList<>();
    for (int day = 1; day <= 12; day++) {
      days.add(written.format(LocalDateTime.of(2024, 3, day, 0, 0)));
    }
    assertThat(TimeFormats.of(days)).contains("MM/dd/yyyy");
  }

  @Test
  void findsTheUnitOfCounts() {
    long start = Instant.parse("2024-01-01T00:00:00Z").getEpochSecond();
    for (EpochUnit unit : EpochUnit.values()) {
      long ticks = Math.round(Math.pow(1000, unit.ordinal()));
      List<String> counts =
          IntStream.range(0, 50).mapToObj(i -> Long.toString((start + 60 * i) * ticks)).toList();
      assertThat(TimeFormats.of(counts)).contains(unit.format());
    }
  }

  @Test
  void joinsDatesAndClocks() {
    List<String> dates = hours("dd.MM.yyyy");
    List<String> clocks = hours("HH:mm");
    assertThat(TimeFormats.of(dates, clocks)).contains("dd.MM.yyyy HH:mm");
    assertThat(TimeFormats.of(clocks, dates)).isEmpty();
  }

  @Test
  void takesNoOtherTextOrNumberForATime() {
    assertThat(TimeFormats.of(List.of("1.5", "2.5", "3"))).isEmpty();
    assertThat(TimeFormats.of(List.of("2021", "2022"))).isEmpty();
    assertThat(TimeFormats.of(List.of("north", "south"))).isEmpty();
    assertThat(TimeFormats.of(Arrays.asList(null, " "))).isEmpty();
  }
}

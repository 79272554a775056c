package io.longcast.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HolidaysTest {

  @Test
  void knowsTheHolidaysOfCountriesAndRegions() {
    assertThat(isHoliday("2024-10-03", "DE")).isTrue();
    assertThat(isHoliday("2024-01-06", "DE")).isFalse();
    assertThat(isHoliday("2024-01-06", "DE-BY")).isTrue();
    assertThat(isHoliday("2024-10-03", "DE-BY")).isTrue();
    // The fourth Thursday of November; Easter Monday moves.
    assertThat(isHoliday("2024-11-28", "US")).isTrue();
    assertThat(isHoliday("2007-11-22", "US")).isTrue();
    assertThat(isHoliday("2024-04-01", "DE")).isTrue();
    assertThat(isHoliday("2025-04-21", "DE")).isTrue();
    assertThat(isHoliday("2024-12-24", "DE", "2024-12-24")).isTrue();
    assertThat(Holidays.codes()).hasSizeGreaterThan(200).contains("FR", "GB", "JP", "NYSE");
  }

  private static boolean isHoliday(String day, String... of) {
    int number = (int) LocalDate.parse(day).toEpochDay();
    return Arrays.binarySearch(Holidays.days(List.of(of)), number) >= 0;
  }

  @Test
  void marksTheDayTheDayBeforeAndTheDayAfterInLocalTime() {
    // Independence Day in New York, which begins at 04:00 in UTC.
    GridAxis axis =
        new GridAxis(
            Instant.parse("2024-07-03T03:00:00Z"),
            Frequency.parse("1h"),
            ZoneId.of("America/New_York"));
    CalendarSpec spec = new CalendarSpec(List.of(CalendarFeature.WEEKEND), List.of("US"));
    assertThat(spec.columnNames())
        .containsExactly("weekend", "holiday", "day-before-holiday", "day-after-holiday");
    float[] found = new float[spec.columns() * 80];
    new CalendarRows(spec).fill(axis, 0, 80, found, 0);
    assertThat(ones(found, 80)).containsExactly(25, 49);
    assertThat(ones(found, 160)).containsExactly(1, 25);
    assertThat(ones(found, 240)).containsExactly(49, 73);
  }

  /** First step with 1 and the first after it with 0. */
  private static List<Integer> ones(float[] found, int from) {
    int first = from;
    while (found[first] == 0) {
      first++;
    }
    int end = first;
    while (found[end] == 1) {
      end++;
    }
    return List.of(first - from, end - from);
  }

  @Test
  void hasNoHolidaysWithoutATimeOrBeyondTheYearsStored() {
    CalendarSpec spec = new CalendarSpec(List.of(), List.of("US"));
    float[] found = new float[9];
    new CalendarRows(spec).fill(new RowAxis(0, null), 0, 3, found, 0);
    assertThat(found).containsOnly(0f);
    GridAxis far =
        new GridAxis(
            Instant.parse("2099-12-24T00:00:00Z"), Frequency.parse("1d"), ZoneId.of("UTC"));
    new CalendarRows(spec).fill(far, 0, 3, found, 0);
    assertThat(found).containsOnly(0f);
  }

  @Test
  void refusesCodesThatAreNotKnown() {
    assertThatThrownBy(() -> new CalendarSpec(List.of(), List.of("Germany")))
        .hasMessageContaining("calendar.holidays")
        .hasMessageContaining("AT, ")
        .hasMessageContaining("Germany");
    assertThatThrownBy(() -> new CalendarSpec(List.of(), List.of("DE-XX")))
        .hasMessageContaining("DE-BY");
  }
}

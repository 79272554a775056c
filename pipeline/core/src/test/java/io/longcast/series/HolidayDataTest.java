package io.longcast.series;

import static org.assertj.core.api.Assertions.assertThat;

import de.focus_shift.jollyday.core.CalendarHierarchy;
import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The stored holidays are those of Jollyday. {@code -Dlongcast.writeDocs=true} writes them anew,
 * after a new version of it.
 */
class HolidayDataTest {
  private static final int FIRST = (int) LocalDate.of(Holidays.FIRST_YEAR, 1, 1).toEpochDay();

  @Tag("long")
  @Test
  void storesWhatJollydayComputes() throws IOException {
    String computed = computed();
    Path stored =
        Path.of(
            System.getProperty("longcast.root", "../.."),
            "pipeline/core/src/main/resources/io/longcast/series/holidays.gz");
    if (Boolean.getBoolean("longcast.writeDocs")) {
      Files.createDirectories(stored.getParent());
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(stored))) {
        out.write(computed.getBytes(StandardCharsets.US_ASCII));
      }
    }
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(stored))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII)).isEqualTo(computed);
    }
  }

  private static String computed() {
    Map<String, String> lines = new TreeMap<>();
    for (String code : HolidayManager.getSupportedCalendarCodes()) {
      HolidayManager manager = HolidayManager.getInstance(ManagerParameters.create(code));
      add(manager, manager.getCalendarHierarchy(), code, List.of(), new TreeSet<>(), lines);
    }
    StringBuilder text = new StringBuilder();
    lines.forEach((code, days) -> text.append(code).append('\t').append(days).append('\n'));
    return text.toString();
  }

  /** A region's line holds the days that those around it do not have. */
  private static void add(
      HolidayManager manager,
      CalendarHierarchy at,
      String code,
      List<String> path,
      TreeSet<Integer> around,
      Map<String, String> lines) {
    TreeSet<Integer> days = new TreeSet<>();
    for (int year = Holidays.FIRST_YEAR; year <= Holidays.LAST_YEAR; year++) {
      for (Holiday holiday : manager.getHolidays(Year.of(year), path.toArray(String[]::new))) {
        if (holiday.getType() != HolidayType.OBSERVANCE) {
          add(holiday.getActualDate(), days);
          holiday.getObservedDate().ifPresent(day -> add(day, days));
        }
      }
    }
    TreeSet<Integer> own = new TreeSet<>(days);
    own.removeAll(around);
    lines.put(code.toUpperCase(Locale.ROOT), steps(own));
    days.addAll(around);
    at.getChildren()
        .forEach(
            (id, child) -> {
              List<String> deeper = new ArrayList<>(path);
              deeper.add(id);
              add(manager, child, code + "-" + id, deeper, days, lines);
            });
  }

  private static void add(LocalDate day, TreeSet<Integer> days) {
    if (day.getYear() >= Holidays.FIRST_YEAR && day.getYear() <= Holidays.LAST_YEAR) {
      days.add((int) day.toEpochDay());
    }
  }

  private static String steps(TreeSet<Integer> days) {
    List<String> steps = new ArrayList<>();
    int last = FIRST;
    for (int day : days) {
      steps.add(Integer.toString(day - last, Holidays.RADIX));
      last = day;
    }
    return String.join(" ", steps);
  }
}

package io.longcast.series;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * Public holidays of countries, their regions and some exchanges from 1980 to 2060, as Jollyday
 * computes them. They are stored as days, so that neither executors nor a bundle that is served
 * need that library.
 */
public final class Holidays {
  /** First year that is stored. */
  static final int FIRST_YEAR = 1980;

  /** Last year that is stored. */
  static final int LAST_YEAR = 2060;

  /** Days since the one before, from the first of {@link #FIRST_YEAR}, to this base. */
  static final int RADIX = 36;

  private Holidays() {}

  /** Read at the first use, then never changed. */
  private static final class Stored {
    private static final Map<String, int[]> DAYS = read();

    private static Map<String, int[]> read() {
      Map<String, int[]> days = new HashMap<>();
      try (InputStream packed = Holidays.class.getResourceAsStream("holidays.gz");
          BufferedReader lines =
              new BufferedReader(
                  new InputStreamReader(new GZIPInputStream(packed), StandardCharsets.US_ASCII))) {
        lines
            .lines()
            .map(line -> line.split("\t", -1))
            .forEach(cells -> days.put(cells[0], days(cells[1])));
      } catch (IOException damaged) {
        throw new UncheckedIOException("the holidays of the jar cannot be read", damaged);
      }
      return days;
    }

    private static int[] days(String text) {
      int day = (int) LocalDate.of(FIRST_YEAR, 1, 1).toEpochDay();
      String[] steps = text.isEmpty() ? new String[0] : text.split(" ");
      int[] days = new int[steps.length];
      for (int i = 0; i < steps.length; i++) {
        day += Integer.parseInt(steps[i], RADIX);
        days[i] = day;
      }
      return days;
    }
  }

  /**
   * Whether a text is a code with stored holidays, such as {@code DE}, {@code US-CA} or {@code
   * NYSE}, or a day such as {@code 2024-12-24}.
   */
  public static boolean isKnown(String text) {
    return day(text).isPresent() || Stored.DAYS.containsKey(text);
  }

  /** All codes, ascending. */
  public static List<String> codes() {
    return List.copyOf(new TreeSet<>(Stored.DAYS.keySet()));
  }

  /**
   * Days since 1970-01-01, ascending: those of codes and of the countries around them, and single
   * days.
   *
   * @param of texts that are known
   */
  public static int[] days(List<String> of) {
    return of.stream()
        .flatMapToInt(text -> day(text).map(IntStream::of).orElseGet(() -> ofCode(text)))
        .sorted()
        .distinct()
        .toArray();
  }

  /** A region has the holidays of its country too. */
  private static IntStream ofCode(String code) {
    int dash = code.lastIndexOf('-');
    IntStream own = IntStream.of(Stored.DAYS.get(code));
    return dash < 0 ? own : IntStream.concat(own, ofCode(code.substring(0, dash)));
  }

  private static Optional<Integer> day(String text) {
    try {
      return Optional.of((int) LocalDate.parse(text).toEpochDay());
    } catch (DateTimeParseException code) {
      return Optional.empty();
    }
  }
}

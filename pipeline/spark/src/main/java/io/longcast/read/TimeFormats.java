package io.longcast.read;

import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds the {@code source.time.format} with which cells of a column are times. */
public final class TimeFormats {
  /** The format of a year alone, which any number of four digits is. */
  public static final String YEAR = "yyyy";

  private static final double ENOUGH = 0.9;

  /** Cells that rule out most patterns, before all cells are read by the others. */
  private static final int FEW = 10;

  private static final List<String> DATES =
      List.of(
          "yyyy-MM-dd",
          "dd/MM/yyyy",
          "MM/dd/yyyy",
          "d/M/yyyy",
          "M/d/yyyy",
          "dd.MM.yyyy",
          "d.M.yyyy",
          "dd-MM-yyyy",
          "yyyy/MM/dd",
          "yyyy.MM.dd",
          "d/M/yy",
          "M/d/yy",
          "dd-MMM-yyyy",
          "d MMM yyyy",
          "MMM d, yyyy",
          "yyyyMMdd");
  private static final List<String> CLOCKS =
      List.of("HH:mm", "HH:mm:ss", "HH:mm:ss.SSS", "H:mm", "H:mm:ss", "hh:mm a", "h:mm:ss a");
  private static final List<String> COMPACT =
      List.of(
          "yyyyMMddHH",
          "yyyyMMddHHmm",
          "yyyyMMddHHmmss",
          "yyyy-MM",
          "yyyy/MM",
          "MM/yyyy",
          "MMM yyyy",
          "MMM-yy",
          "yyyy'Q'q",
          "yyyy-'Q'q",
          "'Q'q yyyy");

  private static final Pattern CLOCK = Pattern.compile("\\d{1,2}:\\d.*");
  private static final Pattern WITH_DIGIT = Pattern.compile(".*\\d.*");
  private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+([.,]\\d*)?");
  private static final Pattern COUNTED = Pattern.compile("\\d{9,19}(\\.\\d+)?");

  private TimeFormats() {}

  /**
   * The format of the cells of one column.
   *
   * @param cells in the order of the source; null and blank ones do not count
   * @return {@code auto}, a unit since 1970 or a pattern; empty if the cells are no times, or years
   *     ({@link #areYears})
   */
  public static Optional<String> of(List<String> cells) {
    List<String> texts = texts(cells);
    // All times have a digit: most columns of text need no pattern.
    long digits = texts.stream().filter(text -> WITH_DIGIT.matcher(text).matches()).count();
    if (texts.isEmpty() || digits < ENOUGH * texts.size()) {
      return Optional.empty();
    }
    Optional<String> counted = epoch(texts);
    if (counted.isPresent()) {
      return counted;
    }
    // A number is no time in ISO 8601, though a year is a date to some readers.
    boolean numbers = texts.stream().allMatch(text -> NUMBER.matcher(text).matches());
    if (!numbers && share(TimeSpec.AUTO, texts) >= ENOUGH) {
      return Optional.of(TimeSpec.AUTO);
    }
    List<String> patterns = new ArrayList<>();
    for (String date : DATES) {
      patterns.add(date);
      for (String clock : CLOCKS) {
        patterns.add(date + " " + clock);
        patterns.add(date + "'T'" + clock);
        patterns.add(date + " " + clock + " z");
        patterns.add(date + " " + clock + " Z");
      }
    }
    patterns.addAll(COMPACT);
    return best(patterns, texts);
  }

  /**
   * The format of a date in one column and a time of day in another, joined by a blank.
   *
   * @return empty if they are not
   */
  public static Optional<String> of(List<String> dates, List<String> clocks) {
    if (!areClocks(clocks)) {
      return Optional.empty();
    }
    List<String> texts =
        IntStream.range(0, dates.size())
            .filter(i -> !isBlank(dates.get(i)) && !isBlank(clocks.get(i)))
            .mapToObj(i -> dates.get(i).trim() + " " + clocks.get(i).trim())
            .toList();
    return texts.isEmpty() ? Optional.empty() : of(texts);
  }

  /** Whether the cells begin as times of day do. */
  public static boolean areClocks(List<String> cells) {
    List<String> texts = texts(cells);
    return !texts.isEmpty() && texts.stream().allMatch(text -> CLOCK.matcher(text).matches());
  }

  /** Whether the cells are years, as {@link #YEAR} reads them: so are many other numbers. */
  public static boolean areYears(List<String> cells) {
    List<String> texts = texts(cells);
    return !texts.isEmpty() && share(YEAR, texts) >= ENOUGH;
  }

  /** The pattern that reads the most; of equals the one whose times are the most regular. */
  private static Optional<String> best(List<String> all, List<String> texts) {
    List<String> few = texts.subList(0, Math.min(FEW, texts.size()));
    List<String> patterns = all.stream().filter(pattern -> share(pattern, few) > 0).toList();
    Map<String, Double> shares =
        patterns.stream().collect(Collectors.toMap(Function.identity(), p -> share(p, texts)));
    double most = shares.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    return most < ENOUGH
        ? Optional.empty()
        : patterns.stream()
            .filter(pattern -> shares.get(pattern) == most)
            .max(
                (one, other) ->
                    Double.compare(regularity(one, texts), regularity(other, texts)) == 0
                        ? patterns.indexOf(other) - patterns.indexOf(one)
                        : Double.compare(regularity(one, texts), regularity(other, texts)));
  }

  private static Optional<String> epoch(List<String> texts) {
    if (!texts.stream().allMatch(text -> COUNTED.matcher(text).matches())) {
      return Optional.empty();
    }
    List<BigDecimal> counts = texts.stream().map(BigDecimal::new).toList();
    return Arrays.stream(EpochUnit.values())
        .filter(unit -> counts.stream().allMatch(unit::isPlausible))
        .map(EpochUnit::format)
        .findFirst();
  }

  private static double share(String format, List<String> texts) {
    TimestampText reader = new TimestampText(format, ZoneOffset.UTC);
    long read = texts.stream().filter(text -> reader.micros(text) > TimestampText.SKIPPED).count();
    return (double) read / texts.size();
  }

  /** Share of the commonest difference between neighbours. */
  private static double regularity(String format, List<String> texts) {
    TimestampText reader = new TimestampText(format, ZoneOffset.UTC);
    long[] micros = texts.stream().mapToLong(reader::micros).toArray();
    Map<Long, Long> differences =
        IntStream.range(1, micros.length)
            .mapToObj(i -> micros[i] - micros[i - 1])
            .filter(difference -> difference != 0)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    long most = differences.values().stream().mapToLong(Long::longValue).max().orElse(0);
    return (double) most / micros.length;
  }

  private static List<String> texts(List<String> cells) {
    return cells.stream().filter(Objects::nonNull).filter(cell -> !isBlank(cell)).toList();
  }

  private static boolean isBlank(String cell) {
    return cell == null || cell.isBlank();
  }
}

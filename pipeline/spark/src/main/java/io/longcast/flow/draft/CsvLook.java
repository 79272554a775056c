package io.longcast.flow.draft;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How a CSV file is written, by its beginning.
 *
 * @param separator between cells
 * @param columns how many most records have
 * @param hasHeader whether a record names the columns
 * @param isMultiLine whether a cell goes over several lines
 * @param headerLine the line of the header, counted from 1
 * @param unitRows rows between the header and the data
 */
record CsvLook(
    String separator,
    int columns,
    boolean hasHeader,
    boolean isMultiLine,
    int headerLine,
    int unitRows) {
  private static final int RECORDS = 200;
  private static final int MAX_COLUMNS = 1 << 17;
  private static final int MAX_UNIT_ROWS = 3;
  private static final int LEAST_SEQUENCE = 6;
  private static final double REGULAR = 0.8;

  /** Of equals the first; a comma may stand in numbers, a blank in texts. */
  private static final List<String> SEPARATORS = List.of(";", "\t", "|", ",", " ");

  /** Numbers, times and numbers with a unit. */
  private static final Pattern VALUE = Pattern.compile("[-+\\u2212]?[.,]?\\d.*", Pattern.DOTALL);

  /** The records of the text under one separator. */
  private record Parsed(String separator, List<String[]> records, int columns) {
    /** The first record of the most frequent width. */
    int first() {
      return IntStream.range(0, records.size())
          .filter(i -> records.get(i).length == columns)
          .findFirst()
          .orElse(0);
    }

    boolean isRegular() {
      List<String[]> filled = records.stream().filter(Parsed::isFilled).toList();
      long regular = filled.stream().filter(record -> record.length == columns).count();
      return columns > 1 && regular >= REGULAR * filled.size();
    }

    static boolean isFilled(String[] record) {
      return Arrays.stream(record).anyMatch(Objects::nonNull);
    }
  }

  /** Looks at the beginning of a file. */
  static CsvLook of(String text) {
    List<Parsed> candidates =
        SEPARATORS.stream().map(separator -> parsed(text, separator)).toList();
    Parsed best =
        candidates.stream()
            .filter(Parsed::isRegular)
            .filter(parsed -> !parsed.separator().equals(" "))
            .min(Comparator.comparing(Parsed::first).thenComparing(parsed -> -parsed.columns()))
            .orElseGet(() -> without(candidates));
    return of(best);
  }

  /** Columns between blanks, or one column. */
  private static Parsed without(List<Parsed> candidates) {
    Parsed blanks = candidates.get(candidates.size() - 1);
    boolean values =
        blanks.isRegular()
            && Arrays.stream(blanks.records().get(blanks.records().size() - 1))
                .allMatch(cell -> cell == null || VALUE.matcher(cell).matches());
    return values ? blanks : candidates.get(SEPARATORS.indexOf(","));
  }

  private static CsvLook of(Parsed parsed) {
    List<String[]> records = parsed.records();
    boolean multiLine =
        records.stream().flatMap(Arrays::stream).anyMatch(cell -> cell != null && isLines(cell));
    int[] measured = measured(records, parsed.columns());
    int data =
        IntStream.range(parsed.first(), records.size())
            .filter(i -> records.get(i).length == parsed.columns())
            .filter(i -> isData(records.get(i), measured))
            .filter(i -> i > parsed.first() || !isSequence(records.get(i), measured))
            .findFirst()
            .orElse(Math.min(parsed.first() + 1, records.size()));
    int header =
        IntStream.range(parsed.first(), data)
            .boxed()
            .max(
                Comparator.comparing((Integer i) -> filled(records.get(i)))
                    .thenComparing(Comparator.reverseOrder()))
            .orElse(-1);
    int units = header < 0 ? 0 : data - header - 1;
    return new CsvLook(
        parsed.separator(),
        parsed.columns(),
        header >= 0,
        multiLine,
        Math.max(header, 0) + 1,
        units <= MAX_UNIT_ROWS ? units : 0);
  }

  private static Parsed parsed(String text, String separator) {
    CsvParserSettings settings = new CsvParserSettings();
    settings.getFormat().setDelimiter(separator);
    settings.getFormat().setQuoteEscape('"');
    settings.setLineSeparatorDetectionEnabled(true);
    settings.setSkipEmptyLines(false);
    settings.setMaxCharsPerColumn(-1);
    settings.setMaxColumns(MAX_COLUMNS);
    // Reading ahead in another thread costs more than the whole beginning of a file.
    settings.setReadInputOnSeparateThread(false);
    CsvParser parser = new CsvParser(settings);
    List<String[]> records = new ArrayList<>();
    parser.beginParsing(new StringReader(text));
    for (String[] next = parser.parseNext();
        next != null && records.size() < RECORDS;
        next = parser.parseNext()) {
      records.add(next);
    }
    parser.stopParsing();
    Map<Integer, Long> widths =
        records.stream()
            .filter(Parsed::isFilled)
            .map(record -> record.length)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    int columns =
        widths.entrySet().stream()
            .max(
                Map.Entry.<Integer, Long>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(Map.Entry::getKey)
            .orElse(1);
    return new Parsed(separator, records, columns);
  }

  private static boolean isLines(String cell) {
    return cell.indexOf('\n') >= 0 || cell.indexOf('\r') >= 0;
  }

  /** The columns most of whose cells are values, those of the first records left out. */
  private static int[] measured(List<String[]> records, int columns) {
    List<String[]> later =
        records.subList(records.size() / 2, records.size()).stream()
            .filter(record -> record.length == columns)
            .toList();
    return IntStream.range(0, columns)
        .filter(
            column -> {
              List<String> cells =
                  later.stream().map(record -> record[column]).filter(Objects::nonNull).toList();
              long values = cells.stream().filter(cell -> VALUE.matcher(cell).matches()).count();
              return values > 0 && values >= 0.6 * cells.size();
            })
        .toArray();
  }

  /** Whether most of a record's cells in columns of values are values. */
  private static boolean isData(String[] record, int[] measured) {
    List<String> cells = cells(record, measured);
    long values = cells.stream().filter(cell -> VALUE.matcher(cell).matches()).count();
    return values > 0 && 2 * values >= cells.size();
  }

  private static List<String> cells(String[] record, int[] measured) {
    return Arrays.stream(measured)
        .mapToObj(column -> record[column])
        .filter(Objects::nonNull)
        .toList();
  }

  /** Names of columns that count: 1990, 1991, ... or dates. */
  private static boolean isSequence(String[] record, int[] measured) {
    List<String> cells = cells(record, measured);
    if (cells.size() < LEAST_SEQUENCE) {
      return false;
    }
    boolean numbers = cells.stream().allMatch(cell -> cell.matches("\\d{1,9}"));
    return numbers
        ? IntStream.range(1, cells.size())
            .allMatch(i -> Integer.parseInt(cells.get(i)) == Integer.parseInt(cells.get(i - 1)) + 1)
        : cells.stream().distinct().count() == cells.size()
            && cells.stream()
                .allMatch(cell -> cell.matches("\\d{1,4}[-./]\\d{1,2}([-./]\\d{1,4})?.*"));
  }

  private static long filled(String[] record) {
    return Arrays.stream(record).filter(Objects::nonNull).count();
  }
}

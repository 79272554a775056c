package io.longcast.read.text;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import io.longcast.sparkinternals.rdd.ScalaCollections;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import scala.Option;

/**
 * How the cells of a CSV file are written: Spark's options, with two other defaults. A quotation
 * mark within quotation marks is doubled, as RFC 4180 has it, and blanks around a cell that is not
 * in quotation marks are no part of it.
 */
final class CsvDialect {
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "header", "true",
          "escape", "\"",
          "ignoreLeadingWhiteSpace", "true",
          "ignoreTrailingWhiteSpace", "true");

  /** A quotation mark that is never closed must not take the rest of a large file into memory. */
  private static final String MAX_CELL = "1048576";

  private final CSVOptions options;
  private final CsvParser parser;
  private final String separator;
  private final char quote;
  private final char escape;

  /**
   * @throws IllegalArgumentException if an option has no such value
   */
  CsvDialect(TextOptions options) {
    this.options = csvOptions(options.spark());
    separator = this.options.delimiter();
    quote = this.options.quote();
    escape = this.options.escape();
    parser = new CsvParser(this.options.asParserSettings());
  }

  private static CSVOptions csvOptions(Map<String, String> options) {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(DEFAULTS);
    all.putAll(options);
    if (Boolean.parseBoolean(all.get("multiLine"))) {
      all.putIfAbsent("maxCharsPerColumn", MAX_CELL);
    }
    return new CSVOptions(ScalaCollections.immutableMap(all), false, "UTC");
  }

  /** Whether the first record names the columns. */
  boolean hasHeader() {
    return options.headerFlag();
  }

  boolean isMultiLine() {
    return options.multiLine();
  }

  /** What a line ends in, if that was declared. */
  Option<byte[]> lineEnd() {
    return options.lineSeparatorInRead();
  }

  String separator() {
    return separator;
  }

  /** A parser for whole files of records that may go over several lines. */
  CsvParser parser() {
    return parser;
  }

  /**
   * The cells of a line; none for a blank line or a comment. A missing cell is null.
   *
   * @throws TextParsingException if the line is beyond what the options allow
   */
  String[] cells(String line) {
    String[] cells = line.isBlank() ? null : parser.parseLine(line);
    return cells == null ? new String[0] : cells;
  }

  /** Whether a record holds a cell whose quotation marks are opened and not closed. */
  boolean isOpen(String record) {
    if (record.indexOf(quote) < 0 || !isUneven(record)) {
      return false;
    }
    int at = 0;
    while (at >= 0) {
      at = afterBlanks(record, at);
      if (at < record.length() && record.charAt(at) == quote) {
        at = closing(record, at + 1);
        if (at < 0) {
          return true;
        }
      }
      int end = record.indexOf(separator, at);
      at = end < 0 ? -1 : end + separator.length();
    }
    return false;
  }

  /** Where the quotation mark is that closes a cell; -1 if there is none. */
  private int closing(String record, int from) {
    for (int i = from; i < record.length(); i++) {
      boolean escaped =
          record.charAt(i) == escape && i + 1 < record.length() && record.charAt(i + 1) == quote;
      if (escaped) {
        i++;
      } else if (record.charAt(i) == quote) {
        int next = afterBlanks(record, i + 1);
        if (next == record.length() || record.startsWith(separator, next)) {
          return i;
        }
      }
    }
    return -1;
  }

  private int afterBlanks(String record, int from) {
    int at = from;
    while (at < record.length() && record.charAt(at) <= ' ' && !record.startsWith(separator, at)) {
      at++;
    }
    return at;
  }

  /** Whether a line holds an odd number of quotation marks. */
  boolean isUneven(String line) {
    return line.chars().filter(c -> c == quote).count() % 2 == 1;
  }
}

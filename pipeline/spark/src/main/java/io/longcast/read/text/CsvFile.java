package io.longcast.read.text;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** How a CSV file begins: the header, and the records above the first row. */
final class CsvFile {
  /** What lines of annotations begin with. */
  static final String ANNOTATION = "#";

  private static final List<String> ANNOTATIONS = List.of("#group", "#datatype", "#default");

  private final TextOptions options;
  private final CsvDialect dialect;

  CsvFile(TextOptions options) {
    this.options = options;
    this.dialect = new CsvDialect(options);
  }

  /** The options as the parser takes them. */
  CsvDialect dialect() {
    return dialect;
  }

  /**
   * Where the rows begin.
   *
   * @param header the header
   * @param records records above the first row, blank lines among them
   */
  record Start(CsvHeader header, int records) {}

  /** Whether a file with these first lines is annotated, as InfluxDB writes it. */
  static boolean isAnnotated(List<String> lines) {
    return lines.stream()
        .map(FileSignature::without)
        .filter(line -> !line.isBlank())
        .findFirst()
        .filter(line -> ANNOTATIONS.stream().anyMatch(line::startsWith))
        .isPresent();
  }

  /** Where the rows of a file with these first records begin. */
  Start start(List<CsvRecord> first) {
    if (!dialect.hasHeader()) {
      int columns = first.stream().mapToInt(record -> record.cells().length).max().orElse(0);
      return new Start(CsvHeader.numbered(columns), 0);
    }
    int at = CsvHeader.find(first.stream().map(CsvRecord::cells).toList(), options);
    return at < 0
        ? new Start(CsvHeader.numbered(0), first.size())
        : new Start(CsvHeader.of(first.get(at).cells()), at + 1 + options.unitRows());
  }

  /** The records at the beginning of a file. */
  Iterator<CsvRecord> records(FileHead head) {
    return dialect.isMultiLine()
        ? new CsvWholeRecords(new StringReader(head.text()), dialect)
        : new CsvLineRecords(head.lines().iterator(), dialect);
  }

  /** The data among the records of a file from its beginning on. */
  CsvDataRecords data(Iterator<CsvRecord> records) {
    if (options.annotated()) {
      return new CsvDataRecords(List.of(), records, null);
    }
    List<CsvRecord> first = take(records);
    Start start = start(first);
    List<CsvRecord> below = first.subList(Math.min(start.records(), first.size()), first.size());
    return new CsvDataRecords(below, records, start.header());
  }

  /** The next records, as many as {@link #start} needs. */
  List<CsvRecord> take(Iterator<CsvRecord> records) {
    int count = Math.max(CsvHeader.LOOKED_AT, options.headerLine() + options.unitRows());
    List<CsvRecord> first = new ArrayList<>();
    while (first.size() < count && records.hasNext()) {
      first.add(records.next());
    }
    return first;
  }
}

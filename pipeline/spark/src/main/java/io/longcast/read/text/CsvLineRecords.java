package io.longcast.read.text;

import com.univocity.parsers.common.TextParsingException;
import java.util.Iterator;

/** Records of a CSV file of which each is a line. */
final class CsvLineRecords implements Iterator<CsvRecord> {
  private static final String OPEN =
      "a quotation mark is not closed; a cell over several lines needs source.options.multiLine ="
          + " true";

  private final Iterator<String> lines;
  private final CsvDialect dialect;

  CsvLineRecords(Iterator<String> lines, CsvDialect dialect) {
    this.lines = lines;
    this.dialect = dialect;
  }

  @Override
  public boolean hasNext() {
    return lines.hasNext();
  }

  @Override
  public CsvRecord next() {
    String line = lines.next();
    if (dialect.isOpen(line)) {
      return CsvRecord.broken(line, OPEN);
    }
    try {
      return new CsvRecord(dialect.cells(line), line, null);
    } catch (TextParsingException beyond) {
      return CsvRecord.broken(line, CsvRecord.BEYOND);
    }
  }
}

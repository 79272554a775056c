package io.longcast.read.text;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import java.io.Reader;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Records of a CSV file of which each may go over several lines. */
final class CsvWholeRecords implements Iterator<CsvRecord> {
  private static final String OPEN =
      "a quotation mark is never closed: the rest of the file is in it";

  private final CsvDialect dialect;
  private final CsvParser parser;
  private CsvRecord next;

  CsvWholeRecords(Reader file, CsvDialect dialect) {
    this.dialect = dialect;
    parser = dialect.parser();
    parser.beginParsing(file);
    next = read();
  }

  private CsvRecord read() {
    try {
      String[] cells = parser.parseNext();
      if (cells == null) {
        return null;
      }
      String text = text();
      return dialect.isOpen(text) ? CsvRecord.broken(text, OPEN) : new CsvRecord(cells, text, null);
    } catch (TextParsingException beyond) {
      return CsvRecord.broken(text(), CsvRecord.BEYOND + "; the rest of the file is not read");
    }
  }

  private String text() {
    String text = parser.getContext() == null ? null : parser.getContext().currentParsedContent();
    return text == null ? "" : text.stripTrailing();
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public CsvRecord next() {
    if (next == null) {
      throw new NoSuchElementException("no further record");
    }
    CsvRecord record = next;
    next =
        record.problem() != null && record.problem().startsWith(CsvRecord.BEYOND) ? null : read();
    return record;
  }
}

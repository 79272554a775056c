package io.longcast.read.text;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The records of a CSV file that are data, each with its header. Annotated files (of InfluxDB) hold
 * several tables, each with a header after its annotations or a blank line.
 */
final class CsvDataRecords implements Iterator<CsvRecord> {
  private final Iterator<CsvRecord> first;
  private final Iterator<CsvRecord> records;
  private final boolean annotated;
  private CsvHeader header;
  private boolean headerIsNext;
  private CsvRecord next;

  /**
   * @param first the first records below the header
   * @param records those after them
   * @param header the header; null in an annotated file, which brings its own
   */
  CsvDataRecords(List<CsvRecord> first, Iterator<CsvRecord> records, CsvHeader header) {
    this.first = first.iterator();
    this.records = records;
    annotated = header == null;
    headerIsNext = annotated;
    this.header = annotated ? CsvHeader.numbered(0) : header;
  }

  @Override
  public boolean hasNext() {
    while (next == null && (first.hasNext() || records.hasNext())) {
      CsvRecord record = first.hasNext() ? first.next() : records.next();
      if (record.isNone() || annotated && record.text().startsWith(CsvFile.ANNOTATION)) {
        headerIsNext |= annotated;
      } else if (headerIsNext) {
        header = CsvHeader.of(record.cells());
        headerIsNext = false;
      } else {
        next = record;
      }
    }
    return next != null;
  }

  @Override
  public CsvRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no further record");
    }
    CsvRecord record = next;
    next = null;
    return record;
  }

  /** The header of the record that {@link #next} gave last. */
  CsvHeader header() {
    return header;
  }
}

package io.longcast.read.text;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import scala.collection.AbstractIterator;

/** The rows of a part of a CSV file: the cells of the requested columns, by the file's header. */
final class CsvRows extends AbstractIterator<InternalRow> {
  private static final String QUOTES =
      "; is it a cell over several lines? (source.options.multiLine = true)";

  private final CsvDataRecords records;
  private final CsvDialect dialect;
  private final RowColumnPlaces columns;
  private CsvHeader header;
  private int[] places;

  CsvRows(CsvDataRecords records, CsvDialect dialect, RowColumnPlaces columns) {
    this.records = records;
    this.dialect = dialect;
    this.columns = columns;
  }

  @Override
  public boolean hasNext() {
    return records.hasNext();
  }

  @Override
  public InternalRow next() {
    CsvRecord record = records.next();
    if (records.header() != header) {
      header = records.header();
      places = header.places(columns.names());
    }
    String problem = problem(record);
    Object[] row = columns.row(record.text(), problem);
    if (problem == null) {
      fill(row, record.cells());
    }
    return new GenericInternalRow(row);
  }

  private void fill(Object[] row, String[] cells) {
    for (int i = 0; i < places.length; i++) {
      if (places[i] >= 0 && places[i] < cells.length) {
        row[columns.at(i)] = UTF8String.fromString(cells[places[i]]);
      }
    }
  }

  private String problem(CsvRecord record) {
    if (record.problem() != null) {
      return record.problem();
    }
    String misfit = header.misfit(record.cells());
    return misfit != null && dialect.isUneven(record.text()) ? misfit + QUOTES : misfit;
  }
}

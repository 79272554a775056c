package io.longcast.clean;

import io.longcast.table.ObservationsTable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Walks sorted rows and cleans one series at a time, so that memory is bounded by one series. Rows
 * without a series leave in handfuls.
 */
final class SeriesOutcomes implements Iterator<SeriesOutcome> {
  private static final int HANDFUL = 1000;
  private final Iterator<InternalRow> rows;
  private final GroupedColumns columns;
  private final SeriesCleaner cleaner;
  private final SeriesBuffer buffer;
  private final boolean keepsPlaces;
  private final int numbers;
  private final int statics;
  private final FileNumbers files;
  private InternalRow next;

  SeriesOutcomes(Iterator<InternalRow> rows, CleanPlan plan, FileNumbers files) {
    this.rows = rows;
    this.files = files;
    this.columns = new GroupedColumns(plan.layout());
    this.cleaner = SeriesCleaner.of(plan);
    this.numbers = plan.layout().rows();
    this.statics = plan.layout().staticCovariates().size();
    this.keepsPlaces = plan.spec().grid() == CleanSpec.Grid.ROWS;
    this.buffer = new SeriesBuffer(ObservationsTable.numbers(plan.layout()), statics);
    advance();
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public SeriesOutcome next() {
    if (next == null) {
      throw new NoSuchElementException("no further series");
    }
    if (!columns.hasSeries(next)) {
      return unnamed();
    }
    UTF8String seriesId = columns.seriesId(next).clone();
    buffer.begin(seriesId.toString());
    while (next != null && columns.hasSeries(next) && seriesId.equals(columns.seriesId(next))) {
      take(next);
      advance();
    }
    return cleaner.clean(buffer);
  }

  private SeriesOutcome unnamed() {
    List<RejectedRow> rejects = new ArrayList<>();
    while (next != null && !columns.hasSeries(next) && rejects.size() < HANDFUL) {
      rejects.add(rejected(next, null));
      advance();
    }
    return SeriesOutcome.unnamed(rejects, rejects.size());
  }

  private void take(InternalRow row) {
    if (columns.isRejected(row)) {
      buffer.addRejected(rejected(row, buffer.seriesId()), keepsPlaces);
      return;
    }
    int at = buffer.add(columns.micros(row), columns.isLocal(row), file(row));
    for (int column = 0; column < numbers; column++) {
      buffer.set(column, at, columns.number(row, column));
    }
    for (int column = 0; column < statics; column++) {
      if (buffer.category(column) == null) {
        buffer.category(column, columns.category(row, column));
      }
    }
  }

  private RejectedRow rejected(InternalRow row, String seriesId) {
    String reason = columns.isRejected(row) ? columns.reason(row) : "missing series id";
    return new RejectedRow(
        "read", file(row), seriesId, columns.micros(row), reason, columns.record(row));
  }

  /** The row's file; rows of one file share one text. */
  private String file(InternalRow row) {
    int number = columns.file(row);
    return number < 0 ? null : files.name(number);
  }

  private void advance() {
    next = rows.hasNext() ? rows.next() : null;
  }
}

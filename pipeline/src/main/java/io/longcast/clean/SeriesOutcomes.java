package io.longcast.clean;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;

/**
 * Walks sorted rows and cleans one series at a time, so that memory is bounded by one series. Rows
 * without a series leave in handfuls.
 */
final class SeriesOutcomes implements Iterator<SeriesOutcome> {
  private static final int HANDFUL = 1000;
  private static final int SERIES_ID = 0;
  private static final int MICROS = 1;
  private static final int FILE = 3;
  private static final int LOCAL = 6;
  private static final int REASON = 7;
  private static final int RECORD = 8;
  private static final int NUMBERS = 9;

  private final Iterator<Row> rows;
  private final SeriesCleaner cleaner;
  private final SeriesBuffer buffer;
  private final boolean keepsPlaces;
  private final int numbers;
  private final int statics;
  private Row next;

  SeriesOutcomes(Iterator<Row> rows, CleanPlan plan) {
    this.rows = rows;
    this.cleaner = SeriesCleaner.of(plan);
    this.numbers = plan.layout().rows();
    this.statics = plan.layout().staticCovariates().size();
    this.keepsPlaces = plan.spec().grid() == CleanSpec.Grid.ROWS;
    this.buffer =
        new SeriesBuffer(io.longcast.table.ObservationsTable.numbers(plan.layout()), statics);
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
    if (next.isNullAt(SERIES_ID)) {
      return unnamed();
    }
    String seriesId = next.getString(SERIES_ID);
    buffer.begin(seriesId);
    while (next != null
        && !next.isNullAt(SERIES_ID)
        && seriesId.equals(next.getString(SERIES_ID))) {
      take(next);
      advance();
    }
    return cleaner.clean(buffer);
  }

  private SeriesOutcome unnamed() {
    List<RejectedRow> rejects = new ArrayList<>();
    while (next != null && next.isNullAt(SERIES_ID) && rejects.size() < HANDFUL) {
      rejects.add(rejected(next));
      advance();
    }
    return SeriesOutcome.unnamed(rejects, rejects.size());
  }

  private void take(Row row) {
    if (!row.isNullAt(REASON)) {
      buffer.addRejected(rejected(row), keepsPlaces);
      return;
    }
    boolean local = !row.isNullAt(LOCAL) && row.getBoolean(LOCAL);
    int at = buffer.add(micros(row), local, row.getString(FILE));
    for (int column = 0; column < numbers; column++) {
      if (!row.isNullAt(NUMBERS + column)) {
        buffer.set(column, at, row.getDouble(NUMBERS + column));
      }
    }
    for (int column = 0; column < statics; column++) {
      buffer.category(column, row.getString(NUMBERS + numbers + column));
    }
  }

  private static RejectedRow rejected(Row row) {
    String id = row.getString(SERIES_ID);
    String reason = row.isNullAt(REASON) ? "missing series id" : row.getString(REASON);
    return new RejectedRow(
        "read", row.getString(FILE), id, micros(row), reason, row.getString(RECORD));
  }

  private static long micros(Row row) {
    return row.isNullAt(MICROS) ? SeriesBuffer.NO_TIME : row.getLong(MICROS);
  }

  private void advance() {
    next = rows.hasNext() ? rows.next() : null;
  }
}

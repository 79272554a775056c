package io.longcast.clean;

import io.longcast.sparkinternals.EngineRow;
import io.longcast.table.ObservationsTable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.unsafe.types.UTF8String;

/** Cleans one series of a task at a time, so that memory is bounded by one series. */
final class SeriesOutcomes implements Iterator<SeriesOutcome> {
  private final SeriesWalk series;
  private final SeriesCleaner cleaner;
  private final SeriesBuffer buffer;
  private final boolean keepsPlaces;
  private final int numbers;
  private final int statics;
  private final FileNumbers files;

  /**
   * @param chunks of a task, see {@link SeriesWalk}
   */
  SeriesOutcomes(Iterator<EngineRow> chunks, CleanPlan plan, FileNumbers files) {
    this.series = new SeriesWalk(chunks, plan.layout(), plan.spec().grid());
    this.files = files;
    this.cleaner = SeriesCleaner.of(plan);
    this.numbers = plan.layout().rows();
    this.statics = plan.layout().staticCovariates().size();
    this.keepsPlaces = plan.spec().grid() == CleanSpec.Grid.ROWS;
    this.buffer = new SeriesBuffer(ObservationsTable.numbers(plan.layout()), statics);
  }

  @Override
  public boolean hasNext() {
    return series.hasNext();
  }

  @Override
  public SeriesOutcome next() {
    SeriesRows rows = series.next();
    if (rows.seriesId() == null) {
      return unnamed(rows);
    }
    buffer.begin(rows.seriesId().toString());
    while (rows.advance()) {
      take(rows);
    }
    return cleaner.clean(buffer);
  }

  private SeriesOutcome unnamed(SeriesRows rows) {
    List<RejectedRow> rejects = new ArrayList<>();
    while (rows.advance()) {
      rejects.add(rejected(rows, null));
    }
    return SeriesOutcome.unnamed(rejects, rejects.size());
  }

  private void take(SeriesRows row) {
    if (row.isRejected()) {
      buffer.addRejected(rejected(row, buffer.seriesId()), keepsPlaces);
      return;
    }
    int at = buffer.add(row.micros(), row.isLocal(), file(row));
    if (row.hasRejectedCells()) {
      buffer.addCells(file(row), row.micros(), row.reason());
    }
    for (int column = 0; column < numbers; column++) {
      buffer.set(column, at, row.number(column));
    }
    for (int column = 0; column < statics; column++) {
      UTF8String category = buffer.category(column) == null ? row.category(column) : null;
      if (category != null) {
        buffer.category(column, category.toString());
      }
    }
  }

  private RejectedRow rejected(SeriesRows row, String seriesId) {
    String reason = row.isRejected() ? row.reason() : "missing series id";
    return new RejectedRow("read", file(row), seriesId, row.micros(), reason, row.record());
  }

  /** The row's file; rows of one file share one text. */
  private String file(SeriesRows row) {
    int number = row.file();
    return number < 0 ? null : files.name(number);
  }
}

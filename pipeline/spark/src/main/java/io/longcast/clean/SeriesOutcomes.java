package io.longcast.clean;

import io.longcast.sparkinternals.EngineRow;
import io.longcast.table.ObservationsTable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Cleans one series of a task at a time, so that memory is bounded by one series. */
final class SeriesOutcomes implements Iterator<SeriesOutcome> {
  private final SeriesWalk series;
  private final SeriesCleaner cleaner;
  private final SeriesBuffer buffer;
  private final boolean keepsPlaces;
  private final FileNumbers files;

  /**
   * @param chunks of a task, see {@link SeriesWalk}
   */
  SeriesOutcomes(Iterator<EngineRow> chunks, CleanPlan plan, FileNumbers files) {
    this.series = new SeriesWalk(chunks, plan.layout(), plan.spec().grid());
    this.files = files;
    this.cleaner = SeriesCleaner.of(plan);
    this.keepsPlaces = plan.spec().grid() == CleanSpec.Grid.ROWS;
    this.buffer =
        new SeriesBuffer(
            ObservationsTable.numbers(plan.layout()), plan.layout().staticCovariates().size());
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
    row.addTo(buffer, file(row));
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

package io.longcast.clean;

import io.longcast.series.RowAxis;
import io.longcast.series.SeriesLayout;

/**
 * Keeps rows as they are: one step a row in file order, nothing resampled, nothing dropped. A row
 * that reading rejected keeps its place as a step without values, so that row numbers stay those of
 * the source.
 */
final class RowCleaner extends SeriesCleaner {

  RowCleaner(SeriesLayout layout, CleanSpec spec, CategoryCodes codes) {
    super(layout, spec, codes);
  }

  @Override
  SeriesOutcome clean(SeriesBuffer rows) {
    int steps = rows.size();
    if (rows.read() == rows.rejectedRows()) {
      return drop(rows, SeriesStatus.dropped("empty", "no row could be used"));
    }
    if (steps > spec.maxSteps()) {
      return drop(
          rows,
          SeriesStatus.dropped(
              "too-long", steps + " rows, more than " + spec.maxSteps() + " (clean.maxSteps)"));
    }
    double[][] values = new double[layout.rows()][steps];
    Counter[] counter = stepValues.counters();
    boolean timed = false;
    long[] micros = new long[steps];
    for (int step = 0; step < steps; step++) {
      micros[step] = rows.micros(step);
      timed |= micros[step] != SeriesBuffer.NO_TIME;
      for (int row = 0; row < values.length; row++) {
        double number = rows.number(row, step);
        values[row][step] = counter[row] == null ? number : counter[row].next(number, micros[step]);
      }
    }
    return pack(rows, values, steps, new RowAxis(0, timed ? micros : null));
  }

  @Override
  void rejectRest(SeriesBuffer rows, String reason) {
    for (int row = 0; row < rows.size(); row++) {
      if (!rows.isPlaceholder(row)) {
        rows.reject(row, reason);
      }
    }
  }
}

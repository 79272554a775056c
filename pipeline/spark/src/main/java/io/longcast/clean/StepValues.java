package io.longcast.clean;

import io.longcast.series.SeriesLayout;
import io.longcast.table.ObservationsTable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of the steps of a grid, from the rows in them: counters are read as what was counted,
 * channels are aggregated as the settings say, covariates by their mean.
 */
final class StepValues {
  private final SeriesLayout layout;
  private final CleanSpec spec;

  /** The kinds of the rows of the layout that are counters. */
  private final Map<Integer, Counter.Kind> kinds = new HashMap<>();

  StepValues(SeriesLayout layout, CleanSpec spec) {
    this.layout = layout;
    this.spec = spec;
    List<String> names = ObservationsTable.numbers(layout);
    spec.counters()
        .forEach((name, word) -> kinds.put(names.indexOf(name), Counter.Kind.of(name, word)));
  }

  /** A counter at its start for each row of the layout that is one, null for the others. */
  Counter[] counters() {
    Counter[] fresh = new Counter[layout.rows()];
    kinds.forEach((row, kind) -> fresh[row] = new Counter(kind));
    return fresh;
  }

  /**
   * Aggregates rows into steps.
   *
   * @param order the rows in the order of time, duplicates settled
   * @param count how many of {@code order} count
   * @param grid of which no later step was asked for
   * @param first step of the grid that is step 0 of the result
   * @param steps of the result; all rows lie in them
   * @param counters go on from their last readings
   * @return {@code [rows][steps]}, NaN where a step has no value
   */
  double[][] of(
      SeriesBuffer rows,
      int[] order,
      int count,
      GridTime grid,
      long first,
      int steps,
      Counter[] counters) {
    double[][] values = new double[layout.rows()][steps];
    StepAggregator[] cells = new StepAggregator[values.length];
    for (int row = 0; row < values.length; row++) {
      Arrays.fill(values[row], Double.NaN);
      cells[row] = new StepAggregator(aggregation(row));
    }
    int current = -1;
    for (int i = 0; i < count; i++) {
      long micros = rows.micros(order[i]);
      int step = Math.toIntExact(grid.stepOf(micros) - first);
      if (step != current) {
        flush(cells, values, current);
        current = step;
      }
      for (int row = 0; row < cells.length; row++) {
        double number = rows.number(row, order[i]);
        cells[row].add(counters[row] == null ? number : counters[row].next(number, micros));
      }
    }
    flush(cells, values, current);
    return values;
  }

  /** Increases of one step add up; covariates and rates are averaged. */
  private CleanSpec.Aggregation aggregation(int row) {
    Counter.Kind counter = kinds.get(row);
    if (counter != null) {
      return counter == Counter.Kind.DIFFERENCE
          ? CleanSpec.Aggregation.SUM
          : CleanSpec.Aggregation.MEAN;
    }
    return row < layout.channels().size() ? spec.aggregation() : CleanSpec.Aggregation.MEAN;
  }

  private static void flush(StepAggregator[] cells, double[][] values, int step) {
    for (int row = 0; row < cells.length; row++) {
      if (step >= 0) {
        values[row][step] = cells[row].result();
      }
      cells[row].clear();
    }
  }
}

package io.longcast.clean;

import io.longcast.series.Frequency;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Puts the rows of a series on a regular grid: order of time, repeated hours, duplicates, steps,
 * aggregation. Channels are aggregated as the settings say, covariates by their mean.
 */
final class GridCleaner extends SeriesCleaner {
  private final Frequency frequency;
  private final RepeatedHour repeatedHour;
  private final DuplicateRows duplicates;
  private int[] order = new int[0];
  private int count;

  GridCleaner(CleanPlan plan) {
    super(plan.layout(), plan.spec(), plan.codes());
    this.frequency = plan.frequency();
    this.repeatedHour =
        plan.repeatedHourZone() == null ? null : new RepeatedHour(plan.repeatedHourZone());
    this.duplicates = new DuplicateRows(spec.duplicates());
  }

  @Override
  SeriesOutcome clean(SeriesBuffer rows) {
    order(rows);
    count = duplicates.settle(rows, order, count);
    if (count == 0) {
      return drop(rows, SeriesStatus.dropped("empty", "no row could be used"));
    }
    double span = (rows.micros(order[count - 1]) - rows.micros(order[0])) / 1e6;
    if (span / frequency.meanSeconds() + 1 > spec.maxSteps()) {
      return drop(rows, tooLong(span));
    }
    GridTime grid = grid(rows);
    GridTime walk = GridTime.startingAt(grid.axis().start(), frequency, spec);
    int steps = Math.toIntExact(grid.stepOf(rows.micros(order[count - 1])) + 1);
    return pack(rows, aggregate(rows, walk, steps), steps, grid.axis());
  }

  private SeriesStatus tooLong(double span) {
    return SeriesStatus.dropped(
        "too-long",
        "%.0f steps of %s from first to last, more than %d (clean.maxSteps)"
            .formatted(span / frequency.meanSeconds() + 1, frequency, spec.maxSteps()));
  }

  /** Rows with a time, by time and then by file order. */
  private void order(SeriesBuffer rows) {
    boolean moved = repeatedHour != null && repeatedHour.resolve(rows);
    if (order.length < rows.size()) {
      order = new int[Math.max(rows.size(), 2 * order.length)];
    }
    count = 0;
    for (int row = 0; row < rows.size(); row++) {
      if (rows.micros(row) == SeriesBuffer.NO_TIME) {
        rows.reject(row, "missing timestamp (clean.grid = regular needs one)");
      } else {
        order[count++] = row;
      }
    }
    if (moved) {
      int[] sorted =
          IntStream.of(Arrays.copyOf(order, count))
              .boxed()
              .sorted((a, b) -> Long.compare(rows.micros(a), rows.micros(b)))
              .mapToInt(Integer::intValue)
              .toArray();
      System.arraycopy(sorted, 0, order, 0, count);
    }
  }

  private GridTime grid(SeriesBuffer rows) {
    long first = rows.micros(order[0]);
    return switch (spec.anchor()) {
      case CALENDAR -> GridTime.ofCalendar(first, frequency, spec);
      case FIRST -> GridTime.startingAt(GridTime.instant(first), frequency, spec);
      case AUTO -> {
        boolean exact = allOn(GridTime.startingAt(GridTime.instant(first), frequency, spec), rows);
        yield exact
            ? GridTime.startingAt(GridTime.instant(first), frequency, spec)
            : GridTime.ofCalendar(first, frequency, spec);
      }
    };
  }

  private boolean allOn(GridTime grid, SeriesBuffer rows) {
    for (int i = 0; i < count; i++) {
      if (!grid.isOnGrid(rows.micros(order[i]))) {
        return false;
      }
    }
    return true;
  }

  private float[][] aggregate(SeriesBuffer rows, GridTime grid, int steps) {
    float[][] values = new float[layout.rows()][steps];
    StepAggregator[] cells = new StepAggregator[values.length];
    for (int row = 0; row < values.length; row++) {
      Arrays.fill(values[row], Float.NaN);
      boolean channel = row < layout.channels().size();
      cells[row] = new StepAggregator(channel ? spec.aggregation() : CleanSpec.Aggregation.MEAN);
    }
    int current = -1;
    for (int i = 0; i < count; i++) {
      int step = Math.toIntExact(grid.stepOf(rows.micros(order[i])));
      if (step != current) {
        flush(cells, values, current);
        current = step;
      }
      for (int row = 0; row < cells.length; row++) {
        cells[row].add(rows.number(row, order[i]));
      }
    }
    flush(cells, values, current);
    return values;
  }

  private static void flush(StepAggregator[] cells, float[][] values, int step) {
    for (int row = 0; row < cells.length; row++) {
      if (step >= 0) {
        values[row][step] = cells[row].result();
      }
      cells[row].clear();
    }
  }

  @Override
  void rejectRest(SeriesBuffer rows, String reason) {
    if (spec.duplicates() == CleanSpec.Duplicates.MEAN) {
      rejectAllWithTime(rows, reason);
      return;
    }
    for (int i = 0; i < count; i++) {
      rows.reject(order[i], reason);
    }
  }

  /** Averaged duplicates have left the order; every row with a time is still in use. */
  private static void rejectAllWithTime(SeriesBuffer rows, String reason) {
    for (int row = 0; row < rows.size(); row++) {
      if (rows.micros(row) != SeriesBuffer.NO_TIME) {
        rows.reject(row, reason);
      }
    }
  }
}

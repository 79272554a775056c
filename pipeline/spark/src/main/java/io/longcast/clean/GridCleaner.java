package io.longcast.clean;

import io.longcast.series.Frequency;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Puts the rows of a series on a regular grid: order of time, repeated hours, duplicates, steps,
 * aggregation, see {@link StepValues}.
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
    rejectOutliers(rows);
    count = duplicates.settle(rows, order, count);
    if (count == 0) {
      return drop(rows, SeriesStatus.dropped("empty", "no row could be used"));
    }
    double span = (rows.micros(order[count - 1]) - rows.micros(order[0])) / 1e6;
    if (span / frequency.meanSeconds() + 1 > spec.maxSteps()) {
      return drop(rows, tooLong(span));
    }
    GridTime grid = GridTime.of(at -> rows.micros(order[at]), count, frequency, spec);
    GridTime walk = GridTime.startingAt(grid.axis().start(), frequency, spec);
    int steps = Math.toIntExact(grid.stepOf(rows.micros(order[count - 1])) + 1);
    double[][] values = stepValues.of(rows, order, count, walk, 0, steps, stepValues.counters());
    return pack(rows, values, steps, grid.axis());
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

  private void rejectOutliers(SeriesBuffer rows) {
    TimeOutliers outliers =
        TimeOutliers.of(at -> rows.micros(order[at]), count, spec.timeOutlierFactor());
    for (int i = 0; i < count; i++) {
      if (i < outliers.from() || i >= outliers.to()) {
        rows.reject(
            order[i],
            "implausible timestamp, %s the others of its series by more than a year and their span"
                    .formatted(i < outliers.from() ? "before" : "after")
                + " (clean.timeOutlierFactor)");
      }
    }
    count = outliers.to() - outliers.from();
    System.arraycopy(order, outliers.from(), order, 0, count);
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

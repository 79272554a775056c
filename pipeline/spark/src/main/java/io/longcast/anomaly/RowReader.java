package io.longcast.anomaly;

import io.longcast.anomaly.score.RowScore;
import io.longcast.series.GridAxis;
import io.longcast.series.RowAxis;
import io.longcast.series.Segment;
import io.longcast.series.TimeAxis;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.IntPredicate;

/** Lays the steps of a segment before a scorer, one after the other. */
final class RowReader {
  private final double[] values;
  private final double[] expected;
  private final double[] spread;
  private TimeAxis axis;
  private long start;
  private long perStep;

  RowReader(int channels) {
    values = new double[channels];
    expected = new double[channels];
    spread = new double[channels];
  }

  /** Moves the scorer on by one step of the segment. */
  void next(
      Segment segment,
      Expectations expectations,
      int step,
      SeriesScorer scorer,
      ScoreTables tables) {
    next(segment, expectations, step, scorer, tables, channel -> true);
  }

  /**
   * The same with some channels only.
   *
   * @param counts which of them; the others are taken as not observed
   */
  void next(
      Segment segment,
      Expectations expectations,
      int step,
      SeriesScorer scorer,
      ScoreTables tables,
      IntPredicate counts) {
    for (int c = 0; c < values.length; c++) {
      boolean isTaken = segment.isObserved(c, step) && counts.test(c);
      values[c] = isTaken ? segment.row(c).get(step) : Double.NaN;
      expected[c] = expectations.expected(c, step);
      spread[c] = expectations.spread(c, step);
    }
    scorer.next(tables, micros(segment, step), values, expected, spread);
  }

  /** As {@link #micros(TimeAxis, long)}, by one product where steps are of equal length. */
  private long micros(Segment segment, int step) {
    if (axis != segment.axis()) {
      axis = segment.axis();
      boolean equal = axis instanceof GridAxis grid && grid.frequency().unit().isExact();
      start = equal ? micros(axis, 0) : 0;
      perStep = equal ? micros(axis, 1) - start : 0;
    }
    return perStep > 0 ? start + step * perStep : micros(axis, step);
  }

  /** Time of a step in microseconds since the epoch. */
  static long micros(TimeAxis axis, long step) {
    if (axis instanceof GridAxis grid && grid.frequency().unit().isExact()) {
      return ChronoUnit.MICROS.between(Instant.EPOCH, grid.start())
          + step * grid.frequency().exactMicros();
    }
    if (axis instanceof RowAxis rows) {
      long micros = rows.micros(step);
      return micros == RowAxis.ABSENT ? RowScore.NO_TIME : micros;
    }
    return axis.instant(step)
        .map(at -> ChronoUnit.MICROS.between(Instant.EPOCH, at))
        .orElse(RowScore.NO_TIME);
  }
}

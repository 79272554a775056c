package io.longcast.benchmark;

import io.longcast.anomaly.score.RowScore;
import io.longcast.anomaly.score.RowSeries;

/** Scores the rows of a series; the score of a row may use it and the rows before it alone. */
@FunctionalInterface
public interface Detector {

  /** One score a row, higher is more unusual. */
  double[] scores(RowSeries series);

  /** A streaming score as a detector. */
  static Detector of(RowScore.Factory factory) {
    return series -> series.scores(factory);
  }
}

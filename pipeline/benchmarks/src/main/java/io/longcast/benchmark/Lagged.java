package io.longcast.benchmark;

import io.longcast.anomaly.score.RowScore;
import java.util.Arrays;

/** A score of several channels on the last rows of a series of one channel. */
final class Lagged implements RowScore {
  private static final long serialVersionUID = 1L;

  private final RowScore score;
  private final double[] last;
  private boolean hasBegun;

  /**
   * @param width rows that are channels to the score
   */
  Lagged(RowScore.Factory factory, int width, int learningRows) {
    score = factory.start(width, learningRows);
    last = new double[width];
  }

  @Override
  public double next(long micros, double[] values) {
    if (!hasBegun) {
      Arrays.fill(last, values[0]);
      hasBegun = true;
    }
    System.arraycopy(last, 1, last, 0, last.length - 1);
    last[last.length - 1] = values[0];
    return score.next(micros, last);
  }
}

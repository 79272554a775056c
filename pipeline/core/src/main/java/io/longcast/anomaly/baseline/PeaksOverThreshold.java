package io.longcast.anomaly.baseline;

import io.longcast.anomaly.score.RowScore;
import io.longcast.anomaly.score.TailModel;
import io.longcast.anomaly.score.TailState;
import java.util.Arrays;

/**
 * {@code -ln} of the probability that the change from the last value is exceeded, by a generalised
 * Pareto tail above the 0.9 quantile of the learning rows (Siffer et al., KDD 2017, without the
 * update in the stream). Several channels: the largest.
 */
final class PeaksOverThreshold implements RowScore {
  private static final long serialVersionUID = 1L;

  private final int learningRows;
  private final double[] last;
  private final TailState[] states;
  private final TailModel[] tails;
  private long rows;

  PeaksOverThreshold(int channels, int learningRows) {
    this.learningRows = learningRows;
    last = new double[channels];
    states = new TailState[channels];
    Arrays.setAll(states, c -> new TailState());
    tails = new TailModel[channels];
  }

  @Override
  public double next(long micros, double[] values) {
    if (rows == learningRows) {
      Arrays.setAll(tails, c -> TailModel.fit(states[c]));
    }
    double most = 0;
    for (int c = 0; c < last.length; c++) {
      double change = Math.abs(values[c] - last[c]);
      last[c] = values[c];
      if (rows > 0 && rows < learningRows) {
        states[c].add(change);
      } else if (tails[c] != null) {
        most = Math.max(most, -Math.log(tails[c].exceedance(change)));
      }
    }
    rows++;
    return most;
  }
}

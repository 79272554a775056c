package io.longcast.anomaly.baseline;

import io.longcast.anomaly.score.RowScore;

/** Values, or changes, against the mean and deviation of all earlier ones. */
final class RunningZ implements RowScore {
  private static final long serialVersionUID = 1L;

  private final boolean changes;
  private final double[] last;
  private final double[] means;
  private final double[] squares;
  private long count = -1;

  RunningZ(int channels, boolean changes) {
    this.changes = changes;
    last = new double[channels];
    means = new double[channels];
    squares = new double[channels];
  }

  @Override
  public double next(long micros, double[] values) {
    double most = 0;
    count++;
    for (int c = 0; c < last.length; c++) {
      double residual = changes ? Math.abs(values[c] - last[c]) : values[c];
      last[c] = values[c];
      if (count > 0 || !changes) {
        most = Math.max(most, score(c, residual));
      }
    }
    return most;
  }

  private double score(int c, double residual) {
    long earlier = changes ? count - 1 : count;
    double deviation = earlier < 2 ? 0 : Math.sqrt(squares[c] / earlier);
    double distance = residual - means[c];
    means[c] += distance / (earlier + 1);
    squares[c] += distance * (residual - means[c]);
    double shown = changes ? distance : Math.abs(distance);
    return deviation > 0 ? Math.max(0, shown / deviation) : 0;
  }
}

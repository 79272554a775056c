package io.longcast.anomaly.score;

import java.util.Arrays;

/**
 * The rows of one series in their order, without labels.
 *
 * @param id its name
 * @param micros time of each row, microseconds since the epoch, or null where there are none
 * @param rows {@code [rows][channels]}
 * @param learningRows rows at the start that detectors learn on and that are not scored
 */
public record RowSeries(String id, long[] micros, double[][] rows, int learningRows) {

  /** Number of rows. */
  public int length() {
    return rows.length;
  }

  /** The same series with its first channels alone. */
  public RowSeries first(int channels) {
    double[][] fewer =
        Arrays.stream(rows).map(row -> Arrays.copyOf(row, channels)).toArray(double[][]::new);
    return new RowSeries(id, micros, fewer, learningRows);
  }

  /** Scores all rows in one pass. */
  public double[] scores(RowScore.Factory factory) {
    RowScore score = factory.start(rows.length == 0 ? 1 : rows[0].length, learningRows);
    double[] scores = new double[rows.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = score.next(micros == null ? RowScore.NO_TIME : micros[i], rows[i]);
    }
    return scores;
  }
}

package io.longcast.evaluate;

/**
 * The score of the UCR anomaly archive (Wu and Keogh, 2021): each series has exactly one anomaly,
 * and counts as solved where its highest score lies at most {@value #TOLERANCE} rows outside of it.
 */
public final class UcrScore {
  /** Rows around the anomaly that count as hit. */
  public static final int TOLERANCE = 100;

  private UcrScore() {}

  /**
   * Whether a series is solved.
   *
   * @param scores one a row
   * @param from first row that is judged
   * @param anomaly the labelled rows
   */
  public static boolean isHit(double[] scores, int from, RowInterval anomaly) {
    int highest = from;
    for (int row = from; row < scores.length; row++) {
      highest = scores[row] > scores[highest] ? row : highest;
    }
    return highest >= anomaly.first() - TOLERANCE && highest <= anomaly.last() + 1 + TOLERANCE;
  }
}

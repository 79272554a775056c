package io.longcast.anomaly.score;

/** A combined score whose parts can be read apart after each row. */
public interface CompositeScore extends RowScore {

  /** All parts at the last row. */
  ComponentScores parts();

  /** Starts such scores. */
  interface Factory extends RowScore.Factory {
    @Override
    CompositeScore start(int channels, int learningRows);
  }
}

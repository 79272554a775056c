package io.longcast.anomaly.score;

/** A combined score whose parts can be read apart after each row. */
public interface PartedScore extends RowScore {

  /** All parts at the last row. */
  RowParts parts();

  /** Starts such scores. */
  interface Factory extends RowScore.Factory {
    @Override
    PartedScore start(int channels, int learningRows);
  }
}

package io.longcast.anomaly;

import java.io.Serializable;

/**
 * What decides from which score on a series alarms.
 *
 * @param by the budget, or labels; default budget
 * @param folds series are dealt into so many to judge a threshold chosen by labels, at least 2;
 *     default 5
 */
public record ThresholdSpec(By by, int folds) implements Serializable {

  /** What decides. */
  public enum By {
    /** The alarm budget. */
    BUDGET,
    /** Labelled anomalies of the series that training sees. */
    LABELS
  }

  public ThresholdSpec {
    if (folds < 2) {
      throw new IllegalArgumentException(
          "folds must be >= 2, found " + folds + " (key anomaly.threshold.folds)");
    }
  }

  /** Whether labels decide. */
  public boolean byLabels() {
    return by == By.LABELS;
  }
}

package io.longcast.anomaly;

import io.longcast.settings.SettingChecks;
import java.io.Serializable;

/**
 * What decides from which score on a series alarms.
 *
 * @param by the budget, or labels; default budget
 * @param folds of the cross-validation over series that evaluates a threshold chosen by labels, at
 *     least 2; default 5
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
    SettingChecks.atLeast(folds, 2, "anomaly.threshold.folds");
  }

  /** Whether labels decide. */
  public boolean byLabels() {
    return by == By.LABELS;
  }
}

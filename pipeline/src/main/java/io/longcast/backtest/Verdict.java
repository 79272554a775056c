package io.longcast.backtest;

import io.longcast.evaluate.Metric;
import java.util.List;
import java.util.Map;

/** What came of comparing a model with its baselines: all that the gate and the tables ask. */
public interface Verdict {

  /** Whether any window was evaluated. */
  boolean hasWindows();

  /** Whether the model under test beats every baseline. */
  boolean subjectWins();

  /** Metrics over all windows by model, the model under test first. */
  Map<String, List<Metric>> metrics();
}

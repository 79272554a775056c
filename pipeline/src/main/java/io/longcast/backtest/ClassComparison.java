package io.longcast.backtest;

import io.longcast.evaluate.ClassCounts;
import io.longcast.evaluate.Metric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A classifier beside the class that was most frequent in training.
 *
 * @param name of the classifier
 * @param found its labels against the true ones
 * @param majority those of always saying the most frequent class
 */
public record ClassComparison(String name, ClassCounts found, ClassCounts majority)
    implements Verdict {

  @Override
  public boolean hasWindows() {
    return found.metric("accuracy").count() > 0;
  }

  /** By macro-F1: where one class is rare, always saying the other is hard to beat in accuracy. */
  @Override
  public boolean subjectWins() {
    return found.metric("macro_f1").value() > majority.metric("macro_f1").value();
  }

  @Override
  public Map<String, List<Metric>> metrics() {
    Map<String, List<Metric>> all = new LinkedHashMap<>();
    all.put(name, found.metrics());
    all.put("majority-class", majority.metrics());
    return all;
  }
}

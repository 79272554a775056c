package io.longcast.benchmark;

import io.longcast.evaluate.PrevalenceCounts;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of abnormal and normal sessions.
 *
 * @param found abnormal sessions alarmed
 * @param abnormal all abnormal ones
 * @param wrong normal sessions alarmed
 * @param normal all normal ones
 */
record SessionFigures(long found, long abnormal, long wrong, long normal) {

  /** Figures as the files are, and with a star as they are at the whole collection's prevalence. */
  Map<String, Double> row(SessionsSpec collection) {
    Map<String, Double> row = new LinkedHashMap<>();
    row.put("true_positives", (double) found);
    row.put("false_positives", (double) wrong);
    row.put("recall", (double) found / abnormal);
    row.put("precision", found + wrong == 0 ? Double.NaN : (double) found / (found + wrong));
    row.put("f1", 2.0 * found / (abnormal + found + wrong));
    if (collection.allAbnormal().isPresent()) {
      long allAbnormal = collection.allAbnormal().get();
      long allNormal = collection.allNormal().orElseThrow();
      new PrevalenceCounts(found, abnormal, wrong, normal, allAbnormal, allNormal)
          .metrics().stream()
              .filter(metric -> !metric.name().equals("recall"))
              .forEach(metric -> row.put(metric.name(), metric.value()));
    }
    return row;
  }
}

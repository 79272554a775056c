package io.longcast.benchmark;

import io.longcast.evaluate.Metric;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parts of a report that all protocols share. */
final class Reports {
  private Reports() {}

  static Map<String, Map<String, Double>> published(BenchmarkSpec spec) {
    Map<String, Map<String, Double>> rows = new LinkedHashMap<>();
    for (BenchmarkSpec.Published published : spec.published()) {
      Map<String, Double> row = new LinkedHashMap<>();
      published.metrics().forEach((name, value) -> row.put(name, Double.valueOf(value)));
      rows.put(published.method(), row);
    }
    return rows;
  }

  static Map<String, Double> row(List<Metric> metrics) {
    Map<String, Double> row = new LinkedHashMap<>();
    metrics.forEach(metric -> row.put(metric.name(), metric.value()));
    return row;
  }

  /** A name of letters, digits and {@code _} between them. */
  static String plain(String name) {
    return name.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_|_$", "");
  }

  /** The components of settings as text. */
  static Map<String, String> settings(Record settings) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (RecordComponent component : settings.getClass().getRecordComponents()) {
      try {
        texts.put(component.getName(), String.valueOf(component.getAccessor().invoke(settings)));
      } catch (ReflectiveOperationException impossible) {
        throw new IllegalStateException("settings must be a public record", impossible);
      }
    }
    return texts;
  }

  static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  /** The mean of each figure over rows that all have it. */
  static Map<String, Double> means(Collection<Map<String, Double>> rows) {
    Map<String, Double> means = new LinkedHashMap<>();
    for (Map<String, Double> row : rows) {
      row.forEach((name, value) -> means.merge(name, value / rows.size(), Double::sum));
    }
    return means;
  }
}

package io.longcast.benchmark;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The outcome of a benchmark.
 *
 * @param benchmark its name
 * @param metrics our figures by plain name, such as {@code owa}, {@code mse}, {@code f1}
 * @param baselines the same figures of each baseline, run by us on the same windows or rows
 * @param published figures of published methods
 * @param settings what was run, in words
 * @param seconds wall time
 */
public record BenchmarkReport(
    String benchmark,
    Map<String, Double> metrics,
    Map<String, Map<String, Double>> baselines,
    Map<String, Map<String, Double>> published,
    Map<String, String> settings,
    double seconds) {

  public BenchmarkReport {
    metrics = copy(metrics);
    baselines = copy(baselines);
    published = copy(published);
    settings = copy(settings);
  }

  private static <V> Map<String, V> copy(Map<String, V> map) {
    return java.util.Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /** The same report with further figures and settings. */
  BenchmarkReport with(Map<String, Double> moreMetrics, Map<String, String> moreSettings) {
    Map<String, Double> allMetrics = new LinkedHashMap<>(metrics);
    allMetrics.putAll(moreMetrics);
    Map<String, String> allSettings = new LinkedHashMap<>(settings);
    allSettings.putAll(moreSettings);
    return new BenchmarkReport(benchmark, allMetrics, baselines, published, allSettings, seconds);
  }

  /**
   * The report as JSON, keys as the components are named; a figure that is not a number is null.
   */
  public String json() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("benchmark", benchmark);
    fields.put("metrics", metrics);
    fields.put("baselines", baselines);
    fields.put("published", published);
    fields.put("settings", settings);
    fields.put("seconds", seconds);
    return Json.write(fields);
  }

  /**
   * The report as a table: our row, then the baselines, then the published methods; a column for
   * each of our metrics that any other row has, or all of ours where there is no other row.
   */
  public String table() {
    Set<String> shown = new LinkedHashSet<>(metrics.keySet());
    if (metrics.isEmpty()) {
      baselines.values().forEach(row -> shown.addAll(row.keySet()));
    }
    Set<String> others = new LinkedHashSet<>();
    published.values().forEach(row -> others.addAll(row.keySet()));
    if (others.stream().anyMatch(shown::contains)) {
      shown.retainAll(others);
    }
    StringBuilder table = new StringBuilder();
    row(table, benchmark, shown, name -> name);
    if (!metrics.isEmpty()) {
      row(table, "longcast", shown, name -> number(metrics.get(name)));
    }
    baselines.forEach((n, row) -> row(table, n, shown, name -> number(row.get(name))));
    published.forEach(
        (n, row) -> row(table, n + " (published)", shown, name -> number(row.get(name))));
    return table.toString();
  }

  private static void row(
      StringBuilder table,
      String title,
      Set<String> columns,
      java.util.function.UnaryOperator<String> cell) {
    table.append(String.format(Locale.ROOT, "%-36s", title));
    for (String column : columns) {
      int width = Math.max(10, column.length() + 2);
      table.append(String.format(Locale.ROOT, "%" + width + "s", cell.apply(column)));
    }
    table.append('\n');
  }

  private static String number(Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }
}

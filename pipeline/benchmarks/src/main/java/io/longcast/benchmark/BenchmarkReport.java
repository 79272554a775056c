package io.longcast.benchmark;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The outcome of a benchmark.
 *
 * @param benchmark its name
 * @param metrics our figures by plain name, such as {@code owa}, {@code mse}, {@code f1}; means
 *     where there are several runs
 * @param runs our figures of each seed, or of each variant of what {@code metrics} are of, by its
 *     name; empty where there is one thing to run
 * @param baselines the same figures of each baseline, run by us on the same windows or rows
 * @param published figures of published methods
 * @param settings what was run, as text
 * @param seconds wall time
 */
public record BenchmarkReport(
    String benchmark,
    Map<String, Double> metrics,
    Map<String, Map<String, Double>> runs,
    Map<String, Map<String, Double>> baselines,
    Map<String, Map<String, Double>> published,
    Map<String, String> settings,
    double seconds) {
  private static final List<String> INTERVALS =
      List.of(
          "msis_95",
          "coverage_95",
          "coverage_90",
          "coverage_80",
          "coverage_95_worst_twentieth",
          "wql",
          "crps");

  /** Metrics of a baseline that fit on one line. */
  private static final int MOST_COLUMNS = 10;

  /** Copies the maps; names of figures become plain: letters, digits and {@code _}. */
  public BenchmarkReport {
    metrics = plain(metrics);
    runs = plainRows(runs);
    baselines = plainRows(baselines);
    published = plainRows(published);
    settings = copy(settings);
  }

  /** Of a measurement that nobody published, with its settings by name. */
  public static BenchmarkReport of(
      String benchmark,
      Map<String, Double> metrics,
      Map<String, Map<String, Double>> baselines,
      Record settings,
      double seconds) {
    return new BenchmarkReport(
        benchmark, metrics, baselines, Map.of(), Reports.settings(settings), seconds);
  }

  /** Of a benchmark where there is one thing to run. */
  BenchmarkReport(
      String benchmark,
      Map<String, Double> metrics,
      Map<String, Map<String, Double>> baselines,
      Map<String, Map<String, Double>> published,
      Map<String, String> settings,
      double seconds) {
    this(benchmark, metrics, Map.of(), baselines, published, settings, seconds);
  }

  private static Map<String, Map<String, Double>> plainRows(Map<String, Map<String, Double>> rows) {
    Map<String, Map<String, Double>> plain = new LinkedHashMap<>();
    rows.forEach((name, row) -> plain.put(name, plain(row)));
    return copy(plain);
  }

  private static Map<String, Double> plain(Map<String, Double> row) {
    Map<String, Double> plain = new LinkedHashMap<>();
    row.forEach((name, value) -> plain.put(Reports.plain(name), value));
    return copy(plain);
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
    return new BenchmarkReport(
        benchmark, allMetrics, runs, baselines, published, allSettings, seconds);
  }

  /**
   * The report as JSON, keys as the components are named; a figure that is not a number is null.
   */
  public String json() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("benchmark", benchmark);
    fields.put("metrics", metrics);
    if (!runs.isEmpty()) {
      fields.put("runs", runs);
    }
    fields.put("baselines", baselines);
    fields.put("published", published);
    fields.put("settings", settings);
    fields.put("seconds", seconds);
    return Json.write(fields);
  }

  /**
   * The report as a table: our row, each run's where there are several, then the baselines, then
   * the published methods; a column for each of our metrics that a published row has, or all of
   * ours where none has one. Below it, where there are quantiles, the same rows with the intervals'
   * figures.
   */
  public String table() {
    String intervals = metrics.containsKey("coverage_95") ? "\n" + intervals() : "";
    return points() + intervals;
  }

  private String intervals() {
    Set<String> shown = new LinkedHashSet<>(INTERVALS);
    shown.retainAll(metrics.keySet());
    StringBuilder table = new StringBuilder();
    row(table, "intervals", shown, name -> name);
    ours(table, shown);
    baselines.forEach((name, row) -> optional(table, name, shown, row));
    published.forEach((name, row) -> optional(table, name + " (published)", shown, row));
    return table.toString();
  }

  /** A row only where it has any of the figures. */
  private static void optional(
      StringBuilder table, String title, Set<String> shown, Map<String, Double> figures) {
    if (shown.stream().anyMatch(figures::containsKey)) {
      row(table, title, shown, name -> number(figures.get(name)));
    }
  }

  private void ours(StringBuilder table, Set<String> shown) {
    if (metrics.isEmpty()) {
      return;
    }
    row(table, "longcast", shown, name -> number(metrics.get(name)));
    if (!List.copyOf(runs.values()).equals(List.of(metrics))) {
      runs.forEach((n, row) -> row(table, "  " + n, shown, name -> number(row.get(name))));
    }
  }

  private String points() {
    Set<String> shown = new LinkedHashSet<>(metrics.keySet());
    if (metrics.isEmpty()) {
      baselines.values().forEach(row -> shown.addAll(row.keySet()));
    }
    Set<String> others = new LinkedHashSet<>();
    published.values().forEach(row -> others.addAll(row.keySet()));
    baselines.values().stream()
        .filter(row -> row.size() <= MOST_COLUMNS)
        .forEach(row -> others.addAll(row.keySet()));
    others.removeAll(INTERVALS);
    shown.removeIf(BenchmarkReport::isOfIntervals);
    if (others.stream().anyMatch(shown::contains)) {
      shown.retainAll(others);
    }
    StringBuilder table = new StringBuilder();
    row(table, benchmark, shown, name -> name);
    ours(table, shown);
    baselines.forEach((n, row) -> row(table, n, shown, name -> number(row.get(name))));
    published.forEach(
        (n, row) -> row(table, n + " (published)", shown, name -> number(row.get(name))));
    return table.toString();
  }

  /** Whether a figure belongs to the table of intervals or to its sample sizes. */
  private static boolean isOfIntervals(String metric) {
    return metric.matches("(coverage|msis)_\\d.*|(wql|crps)(_\\D.*)?|.*_count(_.*)?");
  }

  private static void row(
      StringBuilder table,
      String title,
      Set<String> columns,
      java.util.function.UnaryOperator<String> cell) {
    table.append(String.format(Locale.ROOT, "%-45s", title));
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

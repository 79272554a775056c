package io.longcast.bench;

import io.longcast.bench.KernelContestant.Speed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of one workload, cell and mode as lines and as JSON. */
record KernelTable(String title, double operations, KernelTurns turns) {
  private static final String SGEMM = KernelSide.SGEMM.label;
  private static final String OURS = KernelSide.ENGINE.label;

  /** For two processes, the same sides run twice at once carry this before their names. */
  static final String TWICE = "2 x ";

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        text(
            "%s, one thread; sgemm %.1f GFLOP/s (%.1f by CPU time)",
            title, turns.median(SGEMM, Speed::byClock), turns.median(SGEMM, Speed::byProcessor)));
    lines.add(
        text(
            "%-24s %11s %11s %9s %9s %8s %8s",
            "", "windows/s", "by CPU time", "GFLOP/s", "of sgemm", "ours is", "by CPU"));
    for (String name : turns.names()) {
      if (!name.equals(SGEMM) && !name.startsWith(TWICE)) {
        lines.add(row(name));
      }
    }
    for (String name : turns.names()) {
      if (name.startsWith(TWICE)) {
        lines.add(twice(name.substring(TWICE.length())));
      }
    }
    lines.add("");
    return lines;
  }

  private String row(String name) {
    return text(
        "%-24s %11.0f %11.0f %9.1f %8.0f%% %7.2fx %7.2fx",
        name,
        turns.median(name, Speed::byClock),
        turns.median(name, Speed::byProcessor),
        turns.median(name, Speed::byClock) * operations,
        100 * share(name),
        turns.ratio(OURS, name, Speed::byClock),
        turns.ratio(OURS, name, Speed::byProcessor));
  }

  private double share(String name) {
    return turns.ratio(name, SGEMM, Speed::byClock) * operations;
  }

  private String twice(String name) {
    double scaling = turns.ratio(TWICE + name, name, Speed::byClock);
    String unit = name.equals(SGEMM) ? "GFLOP/s" : "windows/s";
    double gemm = turns.ratio(TWICE + SGEMM, SGEMM, Speed::byClock);
    return text(
        "2 processes: %-24s %9.0f %s, %.2f times one%s",
        name,
        turns.median(TWICE + name, Speed::byClock),
        unit,
        scaling,
        name.equals(SGEMM) ? "" : text(", %.0f%% of sgemm's scaling", 100 * scaling / gemm));
  }

  /** The figures of each side by name. */
  Map<String, Map<String, Double>> figures() {
    Map<String, Map<String, Double>> rows = new LinkedHashMap<>();
    for (String name : turns.names()) {
      Map<String, Double> row = new LinkedHashMap<>();
      boolean gemm = name.endsWith(SGEMM);
      String unit = gemm ? "gflops" : "windows_per_second";
      row.put(unit, turns.median(name, Speed::byClock));
      row.put(gemm ? "gflops_by_cpu" : "windows_per_cpu_second", cpu(name));
      if (name.startsWith(TWICE)) {
        String one = name.substring(TWICE.length());
        row.put("scaling", turns.ratio(name, one, Speed::byClock));
      } else if (!gemm) {
        row.put("gflops", turns.median(name, Speed::byClock) * operations);
        row.put("share_of_sgemm", share(name));
        row.put("ours_is_times", turns.ratio(OURS, name, Speed::byClock));
        row.put("ours_is_times_by_cpu", turns.ratio(OURS, name, Speed::byProcessor));
      }
      rows.put(name, row);
    }
    return rows;
  }

  private double cpu(String name) {
    return turns.median(name, Speed::byProcessor);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}

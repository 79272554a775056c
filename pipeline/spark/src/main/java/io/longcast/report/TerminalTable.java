package io.longcast.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A table for the terminal: a left-aligned first column, numbers to the right. */
public final class TerminalTable {
  private final List<List<String>> rows = new ArrayList<>();

  /** A table with its headings. */
  public TerminalTable(List<String> headings) {
    rows.add(List.copyOf(headings));
  }

  /** Adds a row: text as it is, numbers with four significant digits, NaN as a dash. */
  public TerminalTable row(String name, List<? extends Number> numbers) {
    List<String> row = new ArrayList<>(List.of(name));
    numbers.forEach(number -> row.add(shown(number)));
    rows.add(row);
    return this;
  }

  private static String shown(Number number) {
    if (number instanceof Long || number instanceof Integer) {
      return String.format(Locale.ROOT, "%,d", number.longValue());
    }
    double value = number.doubleValue();
    if (Double.isNaN(value)) {
      return "-";
    }
    return String.format(Locale.ROOT, Math.abs(value) >= 1000 ? "%,.0f" : "%.4g", value);
  }

  @Override
  public String toString() {
    return rows.stream().map(this::line).collect(Collectors.joining("\n"));
  }

  private String line(List<String> row) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      int width = width(column);
      String format = column == 0 ? "%-" + width + "s" : "  %" + width + "s";
      line.append(String.format(format, row.get(column)));
    }
    return line.toString();
  }

  private int width(int column) {
    return rows.stream()
        .filter(row -> row.size() > column)
        .mapToInt(row -> Math.max(1, row.get(column).length()))
        .max()
        .orElse(1);
  }
}

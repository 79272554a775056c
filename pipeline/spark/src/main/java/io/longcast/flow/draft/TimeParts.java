package io.longcast.flow.draft;

import io.longcast.read.SourceSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Columns of numbers that together are the time: year, month, day, hour, minute, as far as they are
 * there.
 *
 * @param columns from the year down
 * @param format of them joined by blanks
 */
record TimeParts(List<String> columns, String format) {
  private enum Part {
    YEAR("yyyy", 1500, 2200, Set.of("year", "yr", "jahr", "annee", "ano")),
    MONTH("M", 1, 12, Set.of("month", "mon", "mo", "mth", "monat", "mois", "mes")),
    DAY("d", 1, 31, Set.of("day", "dd", "dom", "mday", "day_of_month", "tag", "jour", "dia")),
    HOUR("H", 0, 24, Set.of("hour", "hr", "hh", "stunde", "heure", "hora")),
    MINUTE("m", 0, 59, Set.of("minute", "min", "mi", "minuto"));

    private final String pattern;
    private final int least;
    private final int most;
    private final Set<String> names;

    Part(String pattern, int least, int most, Set<String> names) {
      this.pattern = pattern;
      this.least = least;
      this.most = most;
      this.names = names;
    }

    private Optional<String> column(SourceSample sample) {
      return sample.names().stream()
          .filter(name -> names.contains(name.toLowerCase(Locale.ROOT)))
          .filter(name -> holds(sample.cells(name)))
          .findFirst();
    }

    private boolean holds(List<String> cells) {
      return cells.stream()
          .filter(Objects::nonNull)
          .allMatch(
              cell ->
                  cell.strip().matches("\\d{1,4}")
                      && Integer.parseInt(cell.strip()) >= least
                      && Integer.parseInt(cell.strip()) <= most);
    }
  }

  /** The parts of a sample; empty unless there are a year and a month. */
  static Optional<TimeParts> find(SourceSample sample) {
    List<String> columns = new ArrayList<>();
    List<String> patterns = new ArrayList<>();
    for (Part part : Part.values()) {
      Optional<String> column = part.column(sample);
      if (column.isEmpty()) {
        break;
      }
      columns.add(column.get());
      patterns.add(part.pattern);
    }
    return columns.size() < 2
        ? Optional.empty()
        : Optional.of(new TimeParts(List.copyOf(columns), String.join(" ", patterns)));
  }
}

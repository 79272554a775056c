package io.longcast.read.text;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The header of a CSV file: a name for each column. A column without a name is called {@code _c}
 * and its place, the second column of a name {@code name_2}.
 *
 * @param names the names, each once
 * @param doubled names that stand in the header more than once
 * @param unnamed places without a name
 */
record CsvHeader(List<String> names, Set<String> doubled, Set<Integer> unnamed)
    implements Serializable {

  /** Lines among which a header is looked for. */
  static final int LOOKED_AT = 100;

  /** The header that a record is. */
  static CsvHeader of(String[] cells) {
    List<String> names = new ArrayList<>();
    Set<String> doubled = new HashSet<>();
    Set<Integer> unnamed = new HashSet<>();
    Map<String, Integer> times = new LinkedHashMap<>();
    for (int i = 0; i < cells.length; i++) {
      String name = cells[i] == null ? "" : FileSignature.without(cells[i]).strip();
      if (name.isEmpty()) {
        unnamed.add(i);
        names.add("_c" + i);
      } else {
        int time = times.merge(name, 1, Integer::sum);
        names.add(time == 1 ? name : name + "_" + time);
        if (time > 1) {
          doubled.add(name);
        }
      }
    }
    return new CsvHeader(List.copyOf(names), Set.copyOf(doubled), Set.copyOf(unnamed));
  }

  /** Names for the columns of a file without a header. */
  static CsvHeader numbered(int columns) {
    return of(new String[columns]);
  }

  /**
   * Where the header stands among the first records: at the line that was declared, else at the
   * first of those that hold the most of the requested columns; -1 if there is no record.
   */
  static int find(List<String[]> records, TextOptions options) {
    if (options.headerLine() > 0) {
      return options.headerLine() <= records.size() ? options.headerLine() - 1 : -1;
    }
    int best = -1;
    int most = -1;
    for (int i = 0; i < Math.min(records.size(), LOOKED_AT); i++) {
      int held = held(records.get(i), options);
      if (records.get(i).length > 0 && held > most) {
        best = i;
        most = held;
      }
    }
    return best;
  }

  /** How many of the requested columns a record names. */
  static int held(String[] cells, TextOptions options) {
    Set<String> names = new HashSet<>();
    for (String cell : cells) {
      if (cell != null) {
        names.add(FileSignature.without(cell).strip());
      }
    }
    return (int) options.columns().stream().filter(names::contains).count();
  }

  /** The place of each column in a record; -1 where the file has none of the name. */
  int[] places(List<String> columns) {
    return columns.stream().mapToInt(names::indexOf).toArray();
  }

  /**
   * Why a record does not fit, or null. Cells beyond the header may be empty; those without a name
   * may be left out.
   */
  String misfit(String[] cells) {
    if (cells.length == names.size()) {
      return null;
    }
    int count = cells.length;
    while (count > names.size() && (cells[count - 1] == null || cells[count - 1].isEmpty())) {
      count--;
    }
    int least = names.size();
    while (least > 0 && unnamed.contains(least - 1)) {
      least--;
    }
    return count >= least && count <= names.size()
        ? null
        : "%d cells where the header has %d".formatted(count, names.size());
  }
}

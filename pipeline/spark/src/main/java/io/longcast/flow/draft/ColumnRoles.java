package io.longcast.flow.draft;

import io.longcast.read.SourceSample;
import io.longcast.read.TimeFormats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;

/** Finds which columns of a sample hold the time, the series, the values and what is static. */
final class ColumnRoles {
  private static final Set<String> LABELS =
      Set.of("label", "labels", "anomaly", "is_anomaly", "changepoint", "outlier", "fault");
  private static final double UNIQUE = 0.98;
  private static final int MOST_KEYS = 3;

  private final SourceSample sample;
  private final List<String> names;
  private final List<String> notes = new ArrayList<>();

  /**
   * Where the time stands.
   *
   * @param columns none, one, or a date and a time of day
   * @param format of {@code source.time.format}
   */
  record Time(List<String> columns, String format) {}

  /**
   * What the columns are.
   *
   * @param series columns of the series id
   * @param fromFileName whether each file is a series
   * @param numbers all columns of numbers but the time and the keys
   * @param values the channels
   * @param statics columns that do not change within a series
   * @param decimal between a number and its fraction
   * @param notes why columns are left out
   */
  record Found(
      Time time,
      List<String> series,
      boolean fromFileName,
      List<String> numbers,
      List<String> values,
      List<String> statics,
      String decimal,
      List<String> notes) {}

  ColumnRoles(SourceSample sample) {
    this.sample = sample;
    this.names = sample.names();
  }

  Found find() {
    Time time = time();
    List<String> others = new ArrayList<>(names);
    others.removeAll(time.columns());
    Map<String, Long> distinct = sample.distinctEach(others);
    List<String> keys = new ArrayList<>();
    boolean byFile = time.columns().isEmpty() ? false : keys(time, others, distinct, keys);
    others.removeAll(keys);
    String decimal = decimal(others);
    List<String> numbers = others.stream().filter(name -> isNumber(name, decimal)).toList();
    List<String> values = values(numbers, distinct);
    leaveOutStatic(keys, values);
    others.removeAll(values);
    return new Found(
        time,
        keys,
        byFile,
        numbers,
        values,
        statics(keys, others, distinct),
        decimal,
        List.copyOf(notes));
  }

  private Time time() {
    for (String name : byLikelihood()) {
      DataType type = sample.type(name);
      if (type.equals(DataTypes.TimestampType)
          || type.equals(DataTypes.TimestampNTZType)
          || type.equals(DataTypes.DateType)) {
        return new Time(List.of(name), "auto");
      }
    }
    for (String name : byLikelihood()) {
      for (String clock : names) {
        if (!name.equals(clock)) {
          Optional<String> both = TimeFormats.of(sample.cells(name), sample.cells(clock));
          if (both.isPresent()) {
            return new Time(List.of(name, clock), both.get());
          }
        }
      }
      Optional<String> format = TimeFormats.of(sample.cells(name));
      if (format.isPresent() && isTime(name, format.get())) {
        return new Time(List.of(name), format.get());
      }
    }
    return new Time(List.of(), "auto");
  }

  /** Large numbers are times only where a name says so. */
  private static boolean isTime(String name, String format) {
    boolean number = format.startsWith("epoch") || format.matches("yyyyMMdd.*");
    return !number || isNamedTime(name);
  }

  private static boolean isNamedTime(String name) {
    return name.toLowerCase(Locale.ROOT)
        .matches(".*(time|date|epoch|stamp|datum|zeit|fecha|hour|day).*|ts|t|at|ds");
  }

  private List<String> byLikelihood() {
    return names.stream()
        .sorted(Comparator.comparing((String name) -> !isNamedTime(name)))
        .toList();
  }

  /**
   * Adds the fewest columns that tell rows of one time apart.
   *
   * @return whether the file does, and no column
   */
  private boolean keys(
      Time time, List<String> others, Map<String, Long> distinct, List<String> keys) {
    long rows = sample.count();
    List<String> key = new ArrayList<>(time.columns());
    long told = sample.distinct(key);
    List<String> left = new ArrayList<>(others);
    left.removeIf(name -> !mayBeKey(name, distinct.get(name), rows));
    while (told < UNIQUE * rows && !left.isEmpty() && keys.size() < MOST_KEYS) {
      String best = null;
      long most = told;
      for (String name : left) {
        key.add(name);
        long apart = sample.distinct(key);
        key.remove(name);
        boolean better = apart > most * 1.02;
        boolean asGood = best != null && apart >= UNIQUE * most;
        if (better || asGood && distinct.get(name) < distinct.get(best)) {
          best = name;
          most = Math.max(most, apart);
        }
      }
      if (best == null) {
        break;
      }
      keys.add(best);
      key.add(best);
      left.remove(best);
      told = sample.distinct(key);
    }
    if (told >= UNIQUE * rows || !keys.isEmpty()) {
      return false;
    }
    key.add(SourceSample.FILE);
    return sample.distinct(key) > told;
  }

  /** Text, folders' names, and whole numbers of few values. */
  private boolean mayBeKey(String name, long distinct, long rows) {
    boolean few = distinct <= Math.max(2, rows / 4);
    boolean fraction =
        sample.cells(name).stream()
            .filter(Objects::nonNull)
            .anyMatch(cell -> cell.matches("[-+]?\\d*[.,]\\d+(e.*)?"));
    return distinct > 1 && few && !fraction && !isLabel(name);
  }

  private static boolean isLabel(String name) {
    return LABELS.contains(name.toLowerCase(Locale.ROOT));
  }

  private String decimal(List<String> others) {
    long commas = 0;
    long points = 0;
    for (String name : others) {
      for (String cell : sample.cells(name)) {
        commas += cell != null && cell.matches("[-+]?\\d+,\\d+") ? 1 : 0;
        points += cell != null && cell.matches("[-+]?\\d+\\.\\d+") ? 1 : 0;
      }
    }
    return commas > points ? "," : ".";
  }

  private List<String> values(List<String> numbers, Map<String, Long> distinct) {
    List<String> values = new ArrayList<>();
    for (String name : numbers) {
      if (isLabel(name)) {
        notes.add("column \"" + name + "\" looks like a label and is left out of the values");
      } else if (sample.isPartition(name)) {
        notes.add("column \"" + name + "\" is the name of a folder and is left out of the values");
      } else {
        values.add(name);
      }
    }
    boolean some = values.stream().anyMatch(name -> distinct.get(name) > 1);
    values.removeIf(
        name -> {
          boolean constant = some && distinct.get(name) <= 1;
          if (constant) {
            notes.add("column \"" + name + "\" is constant and is left out of the values");
          }
          return constant;
        });
    return values;
  }

  /** Numbers that do not change within a series, such as a height above the sea. */
  private void leaveOutStatic(List<String> keys, List<String> values) {
    if (keys.isEmpty() || values.size() < 2) {
      return;
    }
    long series = sample.distinct(keys);
    List<String> changing = new ArrayList<>(values);
    changing.removeIf(
        name -> {
          List<String> both = new ArrayList<>(keys);
          both.add(name);
          return sample.distinct(both) <= series;
        });
    if (!changing.isEmpty() && changing.size() < values.size()) {
      values.removeAll(changing);
      notes.add("columns " + values + " do not change within a series and are left out");
      values.clear();
      values.addAll(changing);
    }
  }

  private boolean isNumber(String name, String decimal) {
    DataType type = sample.type(name);
    if (type instanceof NumericType || type instanceof BooleanType) {
      return true;
    }
    String number = "[-+]?(\\d+[%s]?\\d*|[%s]\\d+)([eE][-+]?\\d+)?".formatted(decimal, decimal);
    List<String> cells =
        sample.cells(name).stream()
            .filter(cell -> cell != null && !cell.isBlank())
            .map(String::strip)
            .filter(cell -> !cell.matches("(?i)na|nan|null|none|n/a"))
            .toList();
    long numbers =
        cells.stream()
            .filter(cell -> cell.matches(number) || cell.matches("(?i)true|false"))
            .count();
    return !cells.isEmpty() && numbers >= 0.8 * cells.size();
  }

  private List<String> statics(List<String> keys, List<String> others, Map<String, Long> distinct) {
    List<String> statics = new ArrayList<>();
    if (keys.isEmpty()) {
      return statics;
    }
    long series = sample.distinct(keys);
    for (String name : others) {
      if (isLabel(name) || sample.isPartition(name) || distinct.get(name) < 2) {
        continue;
      }
      List<String> both = new ArrayList<>(keys);
      both.add(name);
      if (sample.distinct(both) == series && distinct.get(name) < series) {
        statics.add(name);
      }
    }
    return statics;
  }
}

package io.longcast.flow.draft;

import io.longcast.read.SourceSample;
import io.longcast.read.TimeFormats;
import io.longcast.read.TimeSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;

/** Finds which columns of a sample hold the time, the series, the values and what is static. */
final class ColumnRoles {
  private static final Set<String> LABELS =
      Set.of("label", "labels", "anomaly", "is_anomaly", "changepoint", "outlier", "fault");
  private static final Pattern ROW_NUMBER =
      Pattern.compile("no|nr|id|idx|index|row|#|(row|line|record)[_ ]?(id|no|nr|number|index)");
  private static final double UNIQUE = 0.98;
  private static final int MOST_KEYS = 3;

  private final SourceSample sample;
  private final boolean isQuoted;
  private final List<String> names;
  private final List<String> notes = new ArrayList<>();

  /**
   * Where the time stands.
   *
   * @param columns none, one, or a date and a time of day
   * @param format of {@code source.time.format}
   * @param isLocal whether it is text that names neither zone nor offset
   */
  record Time(List<String> columns, String format, boolean isLocal) {}

  /**
   * What the columns are.
   *
   * @param series columns of the series id
   * @param fromFileName whether each file is a series
   * @param values the channels
   * @param statics columns that do not change within a series
   * @param look how numbers are written
   * @param notes why columns are left out
   */
  record Found(
      Time time,
      List<String> series,
      boolean fromFileName,
      List<String> values,
      List<String> statics,
      NumberLook look,
      List<String> notes) {}

  /**
   * @param isQuoted whether a comma within a cell needs quotation marks
   */
  ColumnRoles(SourceSample sample, boolean isQuoted) {
    this.sample = sample;
    this.isQuoted = isQuoted;
    this.names = sample.names();
  }

  Found find() {
    Time time = time();
    sample.keepTimes(time.columns());
    List<String> others = new ArrayList<>(names);
    others.removeAll(time.columns());
    Map<String, Long> distinct = sample.distinctEach(others);
    NumberLook look =
        NumberLook.of(others.stream().filter(this::isText).map(sample::cells).toList(), isQuoted);
    sample.doubled().stream()
        .sorted()
        .forEach(
            name ->
                notes.add(
                    "two columns are called \""
                        + name
                        + "\": the second one is read as \""
                        + name
                        + "_2\", the first one cannot be named"));
    leaveOutRowNumbers(others, look);
    List<String> keys = new ArrayList<>();
    boolean byFile = time.columns().isEmpty() ? false : keys(time, others, distinct, keys);
    others.removeAll(keys);
    List<String> numbers = others.stream().filter(name -> isNumber(name, look)).toList();
    List<String> values = values(numbers, distinct);
    leaveOutStatic(keys, values);
    others.removeAll(values);
    return new Found(
        time, keys, byFile, values, statics(keys, others, distinct), look, List.copyOf(notes));
  }

  private Time time() {
    for (String name : byLikelihood()) {
      DataType type = sample.type(name);
      if (type.equals(DataTypes.TimestampType)
          || type.equals(DataTypes.TimestampNTZType)
          || type.equals(DataTypes.DateType)) {
        return new Time(List.of(name), TimeSpec.AUTO, false);
      }
    }
    List<String> clocks =
        names.stream().filter(name -> TimeFormats.areClocks(sample.cells(name))).toList();
    for (String name : byLikelihood()) {
      for (String clock : clocks) {
        if (!name.equals(clock)) {
          Optional<String> both = TimeFormats.of(sample.cells(name), sample.cells(clock));
          if (both.isPresent()) {
            return new Time(List.of(name, clock), both.get(), isLocal(both.get(), clock));
          }
        }
      }
      Optional<String> format = TimeFormats.of(sample.cells(name));
      if (format.isPresent() && isTime(name, format.get())) {
        return new Time(List.of(name), format.get(), isLocal(format.get(), name));
      }
    }
    return TimeParts.find(sample)
        .map(parts -> new Time(parts.columns(), parts.format(), true))
        .or(this::years)
        .orElse(new Time(List.of(), TimeSpec.AUTO, false));
  }

  private Optional<Time> years() {
    return names.stream()
        .filter(ColumnRoles::isNamedTime)
        .filter(name -> TimeFormats.areYears(sample.cells(name)))
        .map(name -> new Time(List.of(name), TimeFormats.YEAR, false))
        .findFirst();
  }

  /** Large numbers are times only where a name says so. */
  private static boolean isTime(String name, String format) {
    boolean number = format.startsWith("epoch") || format.matches("yyyy(MM.*)?");
    return !number || isNamedTime(name);
  }

  /** Whether the cells of a column are times without a zone or an offset. */
  private boolean isLocal(String format, String name) {
    boolean zone =
        sample.cells(name).stream()
            .filter(Objects::nonNull)
            .anyMatch(
                cell -> cell.strip().matches(".*\\d\\s*([zZ]|[+-]\\d\\d:?\\d\\d|[A-Z]{3,5})"));
    return !format.startsWith("epoch") && !zone;
  }

  private static boolean isNamedTime(String name) {
    return name.toLowerCase(Locale.ROOT)
        .matches(
            ".*(time|date|epoch|stamp|datum|zeit|fecha|heure|instant|hour|day|year|month|quarter|period).*"
                + "|ts|t|at|ds|when|created|updated|jahr|monat");
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
    List<String> byFile = new ArrayList<>(time.columns());
    byFile.add(SourceSample.FILE);
    if (!keys.isEmpty() && sample.distinct(byFile) >= UNIQUE * rows && changesInFiles(keys)) {
      // Whole numbers that differ at one time from file to file are values.
      keys.clear();
      return true;
    }
    return keys.isEmpty() && told < UNIQUE * rows && sample.distinct(byFile) > told;
  }

  private boolean changesInFiles(List<String> keys) {
    List<String> both = new ArrayList<>(keys);
    both.add(SourceSample.FILE);
    return sample.distinct(both) > sample.distinct(List.of(SourceSample.FILE));
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

  private boolean isText(String name) {
    return sample.type(name).equals(DataTypes.StringType);
  }

  /** Columns that number the rows, where there are other numbers, or their name says so. */
  private void leaveOutRowNumbers(List<String> others, NumberLook look) {
    List<String> numbers = others.stream().filter(name -> isNumber(name, look)).toList();
    for (String name : numbers) {
      boolean named = ROW_NUMBER.matcher(name.toLowerCase(Locale.ROOT)).matches();
      if (named && countsRows(sample.cells(name)) && numbers.size() > 1) {
        others.remove(name);
        notes.add("column \"" + name + "\" numbers the rows and is left out");
      }
    }
  }

  private static boolean countsRows(List<String> cells) {
    long steps = 0;
    for (int i = 1; i < cells.size(); i++) {
      String before = cells.get(i - 1);
      String now = cells.get(i);
      boolean whole =
          before != null && now != null && before.matches("\\d{1,17}") && now.matches("\\d{1,17}");
      steps += whole && Long.parseLong(now) == Long.parseLong(before) + 1 ? 1 : 0;
    }
    return cells.size() > 2 && steps >= 0.95 * (cells.size() - 1);
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

  private boolean isNumber(String name, NumberLook look) {
    DataType type = sample.type(name);
    return type instanceof NumericType
        || type instanceof BooleanType
        || isText(name) && look.isNumber(sample.cells(name));
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

package io.longcast.flow.draft;

import io.longcast.read.SourceSample;
import io.longcast.read.TimeFormats;
import io.longcast.table.ExactName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.DataTypes;

/**
 * A table with a series in each row and its steps in columns, whose names count: V2, V3, ..., or
 * are dates.
 *
 * @param ids columns that name a row
 * @param steps columns of the steps in their order
 * @param timeFormat in which the names of these are times
 * @param isText whether the cells are text
 * @param look how the numbers are written
 */
record WideTable(
    List<String> ids,
    List<String> steps,
    Optional<String> timeFormat,
    boolean isText,
    NumberLook look) {
  /** Name of the column of times. */
  static final String TIME = "timestamp";

  /** Name of the column of values. */
  static final String VALUE = "value";

  private static final int LEAST_STEPS = 6;
  private static final Pattern COUNTED = Pattern.compile("(.*?)(\\d{1,9})");
  private static final Pattern ID =
      Pattern.compile("(.*[_ .])?(id|no|nr|key|series|item|store|sensor|meter|name|index)");

  /** The table of a sample, if it is one. */
  static Optional<WideTable> find(SourceSample sample) {
    List<String> names = sample.names();
    int first = 1;
    while (first + LEAST_STEPS <= names.size() && !count(names.subList(first, names.size()))) {
      first++;
    }
    if (first + LEAST_STEPS > names.size()) {
      return Optional.empty();
    }
    List<String> steps = names.subList(first, names.size());
    boolean text = steps.stream().anyMatch(name -> sample.type(name).equals(DataTypes.StringType));
    List<List<String>> cells = steps.stream().map(sample::cells).toList();
    NumberLook look = text ? NumberLook.of(cells, false) : NumberLook.PLAIN;
    boolean numbers = !text || cells.stream().filter(look::isNumber).count() >= LEAST_STEPS;
    List<String> ids = ids(sample, names.subList(0, first));
    Optional<String> format = timeFormat(steps);
    return numbers && !ids.isEmpty()
        ? Optional.of(new WideTable(ids, List.copyOf(steps), format, text, look))
        : Optional.empty();
  }

  /** Whether names are one text with a number that grows by one, or times. */
  private static boolean count(List<String> names) {
    List<Matcher> all = names.stream().map(COUNTED::matcher).toList();
    boolean counted =
        all.stream().allMatch(Matcher::matches)
            && IntStream.range(1, all.size())
                .allMatch(
                    i ->
                        all.get(i).group(1).equals(all.get(0).group(1))
                            && Long.parseLong(all.get(i).group(2))
                                == Long.parseLong(all.get(i - 1).group(2)) + 1);
    return counted || timeFormat(names).isPresent();
  }

  private static Optional<String> timeFormat(List<String> names) {
    boolean numbers = names.stream().allMatch(name -> name.matches("\\d+"));
    boolean years = names.stream().allMatch(name -> name.matches("(1[5-9]|2[01])\\d\\d"));
    if (numbers) {
      return years ? Optional.of(TimeFormats.YEAR) : Optional.empty();
    }
    return TimeFormats.of(names);
  }

  /** The first of the columns before the steps if it names each row, or else all of them. */
  private static List<String> ids(SourceSample sample, List<String> names) {
    String first = names.get(0);
    if (isUnique(sample, names.subList(0, 1)) && isId(sample, first)) {
      return List.of(first);
    }
    boolean ids = names.stream().allMatch(name -> isId(sample, name));
    return ids && isUnique(sample, names) ? List.copyOf(names) : List.of();
  }

  private static boolean isId(SourceSample sample, String name) {
    List<String> cells = sample.cells(name);
    boolean number = NumberLook.PLAIN.isNumber(cells);
    return number
        ? ID.matcher(name.toLowerCase(Locale.ROOT)).matches()
        : TimeFormats.of(cells).isEmpty();
  }

  private static boolean isUnique(SourceSample sample, List<String> names) {
    int rows = sample.cells(names.get(0)).size();
    long distinct =
        IntStream.range(0, rows)
            .mapToObj(i -> names.stream().map(name -> sample.cells(name).get(i)).toList())
            .distinct()
            .count();
    return rows > 0 && distinct == rows;
  }

  /** A query that gives each step a row. */
  String query() {
    String ids = this.ids.stream().map(ExactName::sql).collect(Collectors.joining(", "));
    String filled = "value IS NOT NULL AND trim(CAST(value AS STRING)) <> ''";
    return timeFormat.isPresent()
        ? "SELECT %s, step.at AS timestamp, step.value AS value FROM source LATERAL VIEW explode(array(%s)) AS step WHERE step.%s"
            .formatted(ids, elements(true), filled.replace("(value", "(step.value"))
        : "SELECT %s, step AS row, value FROM source LATERAL VIEW posexplode(array(%s)) AS step, value WHERE %s"
            .formatted(ids, elements(false), filled);
  }

  private String elements(boolean timed) {
    return steps.stream()
        .map(
            name -> {
              String value =
                  isText ? ExactName.sql(name) : "CAST(" + ExactName.sql(name) + " AS DOUBLE)";
              return timed
                  ? "named_struct('at', '%s', 'value', %s)".formatted(name.replace("'", ""), value)
                  : value;
            })
        .collect(Collectors.joining(", "));
  }
}

package io.longcast.read;

import io.longcast.series.SeriesLayout;
import io.longcast.table.NearestName;
import io.longcast.table.ObservationsTable;
import io.longcast.table.ParsedColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/** Checks a source's columns against what the settings ask for and settles the layout. */
final class SourceColumns {
  private static final String ALL = "*";

  private SourceColumns() {}

  /** The names the settings need, each once; a star adds none. */
  static Set<String> needed(SourceSpec source) {
    Set<String> names = new LinkedHashSet<>(source.series().columns());
    names.addAll(source.time().names());
    Stream.of(
            source.valueColumns(),
            source.pastCovariates(),
            source.knownCovariates(),
            source.staticCovariates())
        .flatMap(List::stream)
        .filter(name -> !name.equals(ALL))
        .forEach(names::add);
    return names;
  }

  /** True if the settings ask for every column that is not named elsewhere. */
  static boolean wantsAll(SourceSpec source) {
    return source.valueColumns().contains(ALL);
  }

  /**
   * The layout of a source.
   *
   * @throws IllegalArgumentException that lists every missing column, wrong type and clash of names
   */
  static SeriesLayout layout(SourceSpec source, StructType found) {
    List<String> problems = new ArrayList<>();
    List<String> names = Arrays.asList(found.fieldNames());
    for (String name : needed(source)) {
      if (!names.contains(name)) {
        problems.add("column \"" + name + "\" is missing" + NearestName.hint(name, names));
      }
    }
    SeriesLayout layout = resolve(source, names);
    checkNumbers(layout, found, problems);
    checkTime(source, found, problems);
    checkClashes(source, layout, problems);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "wrong schema in "
              + source.label()
              + ": "
              + String.join("; ", problems)
              + "; found columns "
              + String.join(", ", names));
    }
    return layout;
  }

  private static SeriesLayout resolve(SourceSpec source, List<String> names) {
    List<String> channels = new ArrayList<>();
    Set<String> named = needed(source);
    for (String channel : source.valueColumns()) {
      if (channel.equals(ALL)) {
        names.stream()
            .filter(name -> !named.contains(name) && !reserved().contains(name))
            .forEach(channels::add);
      } else {
        channels.add(channel);
      }
    }
    if (channels.isEmpty()) {
      throw new IllegalArgumentException(
          "no value column is left in "
              + source.label()
              + " for value-columns = *; found columns "
              + String.join(", ", names));
    }
    return new SeriesLayout(
        channels, source.pastCovariates(), source.knownCovariates(), source.staticCovariates());
  }

  private static void checkNumbers(SeriesLayout layout, StructType found, List<String> problems) {
    for (String name : ObservationsTable.numbers(layout)) {
      if (found.getFieldIndex(name).isDefined()) {
        DataType type = found.apply(name).dataType();
        if (!(type instanceof NumericType)
            && !type.equals(DataTypes.StringType)
            && !type.equals(DataTypes.BooleanType)) {
          problems.add(
              "column \"%s\": expected numbers, found %s".formatted(name, type.simpleString()));
        }
      }
    }
  }

  private static void checkTime(SourceSpec source, StructType found, List<String> problems) {
    List<String> parts = source.time().names();
    if (parts.size() != 1 || found.getFieldIndex(parts.get(0)).isEmpty()) {
      return;
    }
    String name = parts.get(0);
    DataType type = found.apply(name).dataType();
    boolean number = type instanceof NumericType;
    boolean moment =
        type.equals(DataTypes.TimestampType)
            || type.equals(DataTypes.TimestampNTZType)
            || type.equals(DataTypes.DateType);
    if (number && source.time().format().equals(TimeSpec.AUTO)) {
      problems.add(
          "column \"%s\" holds %s: say what it counts (source.time.format = epoch-seconds,"
                  .formatted(name, type.simpleString())
              + " epoch-millis, epoch-micros or epoch-nanos, or a pattern such as yyyyMMdd)");
    } else if (!number && !moment && !type.equals(DataTypes.StringType)) {
      problems.add("column \"%s\": expected a time, found %s".formatted(name, type.simpleString()));
    }
  }

  private static void checkClashes(SourceSpec source, SeriesLayout layout, List<String> problems) {
    Set<String> seen = new HashSet<>();
    List<String> own = new ArrayList<>(ObservationsTable.numbers(layout));
    own.addAll(layout.staticCovariates());
    for (String name : own) {
      if (reserved().contains(name)) {
        problems.add("column \"" + name + "\": the name is taken by longcast, rename it");
      } else if (!seen.add(name)) {
        problems.add("column \"" + name + "\" is named twice in the settings");
      }
    }
    for (String key : source.series().columns()) {
      boolean whole = key.equals(ObservationsTable.SERIES_ID);
      if (ObservationsTable.numbers(layout).contains(key)) {
        problems.add("column \"" + key + "\" is part of the series id and a number too");
      } else if (reserved().contains(key) && !whole) {
        problems.add("column \"" + key + "\": the name is taken by longcast, rename it");
      }
    }
  }

  private static Set<String> reserved() {
    Set<String> names = new HashSet<>(Arrays.asList(ObservationsTable.SCHEMA.fieldNames()));
    names.addAll(ParsedColumns.ALL);
    return names;
  }
}

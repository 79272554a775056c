package io.longcast.read;

import io.longcast.series.SeriesLayout;
import io.longcast.table.NearestName;
import io.longcast.table.ObservationsTable;
import io.longcast.table.ParsedColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks a source's columns against what the settings ask for and settles the layout. */
final class SourceColumns {
  private static final Logger LOG = LoggerFactory.getLogger(SourceColumns.class);
  private static final String ALL = "*";
  private static final String VALUES = "source.valueColumns";

  private final SourceSpec source;
  private final OpenSource opened;
  private final List<String> problems = new ArrayList<>();

  SourceColumns(SourceSpec source, OpenSource opened) {
    this.source = source;
    this.opened = opened;
  }

  /** The names the settings need, each once; a star adds none. */
  static Set<String> needed(SourceSpec source) {
    return keys(source).keySet();
  }

  /** The columns the settings name, and under which key. */
  private static Map<String, String> keys(SourceSpec source) {
    Map<String, String> keys = new LinkedHashMap<>();
    source.series().columns().forEach(name -> keys.putIfAbsent(name, "source.series.columns"));
    String time = source.time().columns().isEmpty() ? "source.time.column" : "source.time.columns";
    source.time().names().forEach(name -> keys.putIfAbsent(name, time));
    source.valueColumns().forEach(name -> keys.putIfAbsent(name, VALUES));
    source.pastCovariates().forEach(name -> keys.putIfAbsent(name, "source.pastCovariates"));
    source.knownCovariates().forEach(name -> keys.putIfAbsent(name, "source.knownCovariates"));
    source.staticCovariates().forEach(name -> keys.putIfAbsent(name, "source.staticCovariates"));
    keys.remove(ALL);
    return keys;
  }

  /**
   * The layout of the source.
   *
   * @throws IllegalArgumentException that lists every missing column, wrong type and clash of names
   */
  SeriesLayout layout() {
    Map<String, String> keys = keys(source);
    keys.forEach(this::checkPresent);
    boolean isMissing = !problems.isEmpty();
    List<String> channels = channels();
    if (channels.isEmpty()) {
      problems.add("no numeric column for source.valueColumns = *");
      throw wrong(isMissing);
    }
    SeriesLayout layout =
        new SeriesLayout(
            channels, source.pastCovariates(), source.knownCovariates(), source.staticCovariates());
    channels.forEach(name -> keys.putIfAbsent(name, VALUES));
    keys.forEach(this::checkDoubled);
    checkNumbers(layout);
    checkTime();
    checkClashes(layout);
    if (!problems.isEmpty()) {
      throw wrong(isMissing);
    }
    warn(layout);
    return layout;
  }

  private IllegalArgumentException wrong(boolean isMissing) {
    return new IllegalArgumentException(
        "wrong schema in "
            + source.label()
            + ": "
            + String.join("; ", problems)
            + "; found columns "
            + String.join(", ", opened.schema().fieldNames())
            + (isMissing ? opened.hint() : ""));
  }

  private void checkPresent(String name, String key) {
    if (opened.type(name).isEmpty()) {
      String hint = NearestName.hint(name, Arrays.asList(opened.schema().fieldNames()));
      problems.add("column \"%s\" is missing (key %s)%s".formatted(name, key, hint));
    }
  }

  private void checkDoubled(String name, String key) {
    if (opened.doubled().contains(name)) {
      problems.add(
          ("column \"%s\" occurs twice in a header (key %s): rename one, or choose by"
                  + " source.query, where the second is \"%s_2\"")
              .formatted(name, key, name));
    }
  }

  private List<String> channels() {
    List<String> channels = new ArrayList<>();
    for (String channel : source.valueColumns()) {
      if (channel.equals(ALL)) {
        Set<String> taken = new HashSet<>(needed(source));
        taken.addAll(reserved());
        channels.addAll(new StarColumns(opened).names(taken));
      } else {
        channels.add(channel);
      }
    }
    return channels;
  }

  static boolean isNumber(DataType type) {
    return type instanceof NumericType || type.equals(DataTypes.BooleanType);
  }

  private void checkNumbers(SeriesLayout layout) {
    for (String name : ObservationsTable.numbers(layout)) {
      Optional<DataType> type = opened.type(name);
      if (type.isPresent() && !isText(name) && !isNumber(type.get())) {
        problems.add(
            "column \"%s\": expected numbers, found %s".formatted(name, type.get().simpleString()));
      }
    }
  }

  private boolean isText(String name) {
    return opened.type(name).equals(Optional.of(DataTypes.StringType));
  }

  /** Warns of columns that some files lack, and of columns that hold more than plain numbers. */
  private void warn(SeriesLayout layout) {
    for (String name : needed(source)) {
      List<String> without = opened.filesWithout(name);
      if (!without.isEmpty()) {
        LOG.warn("column \"{}\" is missing in {}", name, some(without));
      }
    }
    List<String> texts = ObservationsTable.numbers(layout).stream().filter(this::isText).toList();
    opened
        .looks(texts)
        .forEach(
            (name, look) ->
                look.suspicion()
                    .ifPresent(why -> LOG.warn("column \"{}\" looks mixed: {}", name, why)));
  }

  private static String some(List<String> files) {
    return files.size() == 1 ? files.get(0) : files.size() + " files, such as " + files.get(0);
  }

  private void checkTime() {
    List<String> parts = source.time().names();
    if (parts.size() != 1 || opened.type(parts.get(0)).isEmpty()) {
      return;
    }
    String name = parts.get(0);
    DataType type = opened.type(name).orElseThrow();
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

  private void checkClashes(SeriesLayout layout) {
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

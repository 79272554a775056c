package io.longcast.read;

import io.longcast.read.text.CsvSpec;
import io.longcast.read.text.NumberSpec;
import io.longcast.read.text.NumberText;
import io.longcast.settings.SettingException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A source of observations.
 *
 * @param format a Spark format: parquet, csv, json, orc, delta. Proposed default: {@code parquet}
 * @param paths files, folders or globs; empty where {@code table} is set. Proposed default: {@code
 *     []}
 * @param table a table of Spark's catalogue instead of paths. Proposed default: absent
 * @param query a query over the view {@code source} whose result stands for the source. Proposed
 *     default: absent
 * @param options options of the format, passed on as they are. Proposed default: {@code {}}; for
 *     CSV {@code header = true}, {@code escape = "\""} and no blanks around cells unless set here
 * @param kafka the topic, with {@code format = kafka}
 * @param csv what stands around the rows of a CSV file
 * @param series what names a series
 * @param time where the time stands
 * @param valueColumns the channels; {@code ["*"]} stands for every column that is not named
 *     elsewhere. Proposed default: {@code ["value"]}
 * @param pastCovariates number columns known up to the origin. Proposed default: {@code []}
 * @param knownCovariates number columns known past the origin too; rows that have no channel value
 *     and lie after the last one extend them into the future. Proposed default: {@code []}
 * @param staticCovariates columns of categories that do not change within a series. Proposed
 *     default: {@code []}
 * @param numbers how numbers are written as text
 * @param missingMarks texts that stand for a missing number; one that is a number stands for it in
 *     number columns of every type. Proposed default: {@code ["", "NA", "NaN", "null"]}
 * @param nonFinite what a NaN or an infinity in a number column is. Proposed default: reject
 * @param badFiles what an unreadable file (truncated, not of the format) causes. Proposed default:
 *     fail
 */
public record SourceSpec(
    String format,
    List<String> paths,
    Optional<String> table,
    Optional<String> query,
    Map<String, String> options,
    KafkaSpec kafka,
    CsvSpec csv,
    SeriesSpec series,
    TimeSpec time,
    List<String> valueColumns,
    List<String> pastCovariates,
    List<String> knownCovariates,
    List<String> staticCovariates,
    NumberSpec numbers,
    List<String> missingMarks,
    NonFinite nonFinite,
    BadFiles badFiles)
    implements Serializable {

  private static final Set<String> WITHOUT_FILES = Set.of("delta", "jdbc");

  /** What a NaN or an infinity in a number column is. */
  public enum NonFinite {
    /** A cell that cannot be read: listed, and the row with it if it has no other number. */
    REJECT,
    /** A missing value. */
    MISSING
  }

  /** What an unreadable file causes. */
  public enum BadFiles {
    /** Reading stops with the file's name. */
    FAIL,
    /** The file is left out and listed among the rejects. */
    SKIP
  }

  public SourceSpec {
    paths = List.copyOf(paths);
    options = Map.copyOf(options);
    valueColumns = List.copyOf(valueColumns);
    pastCovariates = List.copyOf(pastCovariates);
    knownCovariates = List.copyOf(knownCovariates);
    staticCovariates = List.copyOf(staticCovariates);
    missingMarks = List.copyOf(missingMarks);
    query.ifPresent(SourceQuery::require);
    if (paths.isEmpty() == table.isEmpty()) {
      throw new SettingException(
          List.of("source.paths", "source.table"),
          "a source is either paths or a table, found " + (paths.isEmpty() ? "neither" : "both"));
    }
    SeriesColumns.requireValues(valueColumns);
  }

  /** Whether it is a topic of Kafka. */
  boolean isKafka() {
    return format.equalsIgnoreCase(KafkaSpec.FORMAT);
  }

  /** Whether it is files, which can be told apart by their names. */
  public boolean isFiles() {
    return table.isEmpty()
        && !isKafka()
        && !WITHOUT_FILES.contains(format.toLowerCase(Locale.ROOT));
  }

  /** The source as text, for messages and the rejects table. */
  public String label() {
    if (isKafka()) {
      return "kafka topic " + kafka.topics();
    }
    return table
        .map(name -> "table " + name)
        .orElseGet(() -> format + " " + String.join(", ", paths));
  }

  /** Its columns, whatever the rows come from. */
  public SeriesColumns columns() {
    return new SeriesColumns(
        series,
        time,
        valueColumns,
        pastCovariates,
        knownCovariates,
        staticCovariates,
        numbers,
        missingMarks,
        nonFinite);
  }

  /** Reads numbers that are written as text. */
  NumberText numberText() {
    return columns().numberText();
  }

  /** The same source with one more value column, the last. */
  public SourceSpec readingToo(String column) {
    List<String> columns = new ArrayList<>(valueColumns);
    columns.add(column);
    return with(format, paths, table, columns);
  }

  /** The same columns from files of another format and path. */
  public SourceSpec reading(String otherFormat, String path) {
    return with(otherFormat, List.of(path), Optional.empty(), valueColumns);
  }

  /** The same columns from other files of the same format. */
  public SourceSpec reading(List<String> otherPaths) {
    return with(format, otherPaths, Optional.empty(), valueColumns);
  }

  /** The same source with these value columns where a star stands for them. */
  public SourceSpec resolved(List<String> columns) {
    return valueColumns.contains("*") ? with(format, paths, table, columns) : this;
  }

  /** Every copy differs in these alone. */
  private SourceSpec with(
      String format, List<String> paths, Optional<String> table, List<String> valueColumns) {
    return new SourceSpec(
        format,
        paths,
        table,
        query,
        options,
        kafka,
        csv,
        series,
        time,
        valueColumns,
        pastCovariates,
        knownCovariates,
        staticCovariates,
        numbers,
        missingMarks,
        nonFinite,
        badFiles);
  }
}

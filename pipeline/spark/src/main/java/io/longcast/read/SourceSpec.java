package io.longcast.read;

import io.longcast.settings.SettingException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A source of observations.
 *
 * @param format a Spark format: parquet, csv, json, orc, delta. Proposed default: {@code parquet}
 * @param paths files, folders or globs; empty where {@code table} is set. Proposed default: {@code
 *     []}
 * @param table a table of Spark's catalogue instead of paths. Proposed default: absent
 * @param options options of the format, passed on as they are. Proposed default: {@code {}}; for
 *     CSV {@code header = true} is added unless set here
 * @param series what names a series
 * @param time where the time stands
 * @param valueColumns the channels; {@code ["*"]} stands for every column that is not named
 *     elsewhere. Proposed default: {@code ["value"]}
 * @param pastCovariates number columns known up to the origin. Proposed default: {@code []}
 * @param knownCovariates number columns known past the origin too; rows that have no channel value
 *     and lie after the last one extend them into the future. Proposed default: {@code []}
 * @param staticCovariates columns of categories that do not change within a series. Proposed
 *     default: {@code []}
 * @param missingMarks texts that stand for a missing number. Proposed default: {@code ["", "NA",
 *     "NaN", "null"]}
 * @param nonFinite what a NaN or an infinity in a number column becomes. Proposed default: reject
 * @param badFiles what an unreadable file (truncated, not of the format) causes. Proposed default:
 *     fail
 */
public record SourceSpec(
    String format,
    List<String> paths,
    Optional<String> table,
    Map<String, String> options,
    SeriesSpec series,
    TimeSpec time,
    List<String> valueColumns,
    List<String> pastCovariates,
    List<String> knownCovariates,
    List<String> staticCovariates,
    List<String> missingMarks,
    NonFinite nonFinite,
    BadFiles badFiles)
    implements Serializable {

  /** What a NaN or an infinity in a number column becomes. */
  public enum NonFinite {
    /** The row is rejected with the reason. */
    REJECT,
    /** The value is missing, the row is used. */
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
    if (paths.isEmpty() == table.isEmpty()) {
      throw new SettingException(
          List.of("source.paths", "source.table"),
          "a source is either paths or a table, found " + (paths.isEmpty() ? "neither" : "both"));
    }
    if (valueColumns.isEmpty()) {
      throw new SettingException(
          "source.valueColumns", "a source needs at least one value column, found none");
    }
  }

  /** The source in words, for messages and the rejects table. */
  public String label() {
    return table
        .map(name -> "table " + name)
        .orElseGet(() -> format + " " + String.join(", ", paths));
  }

  /** The same source with one more value column, the last. */
  public SourceSpec readingToo(String column) {
    List<String> columns = new ArrayList<>(valueColumns);
    columns.add(column);
    return new SourceSpec(
        format,
        paths,
        table,
        options,
        series,
        time,
        columns,
        pastCovariates,
        knownCovariates,
        staticCovariates,
        missingMarks,
        nonFinite,
        badFiles);
  }

  /** The same columns from files of another format and path. */
  public SourceSpec reading(String otherFormat, String path) {
    return new SourceSpec(
        otherFormat,
        List.of(path),
        Optional.empty(),
        options,
        series,
        time,
        valueColumns,
        pastCovariates,
        knownCovariates,
        staticCovariates,
        missingMarks,
        nonFinite,
        badFiles);
  }
}

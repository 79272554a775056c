package io.longcast.read;

import io.longcast.read.text.NumberSpec;
import io.longcast.read.text.NumberText;
import io.longcast.settings.SettingException;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which columns of a table hold series, time, values and covariates, and how they are written.
 *
 * @param series what names a series
 * @param time where the time stands
 * @param values the channels; {@code ["*"]} stands for every column of numbers that is not named
 *     elsewhere
 * @param pastCovariates number columns known up to the origin
 * @param knownCovariates number columns known past the origin too
 * @param staticCovariates columns of categories that do not change within a series
 * @param numbers how numbers are written as text
 * @param missingMarks texts that stand for a missing number
 * @param nonFinite what a NaN or an infinity in a number column is
 */
public record SeriesColumns(
    SeriesSpec series,
    TimeSpec time,
    List<String> values,
    List<String> pastCovariates,
    List<String> knownCovariates,
    List<String> staticCovariates,
    NumberSpec numbers,
    List<String> missingMarks,
    SourceSpec.NonFinite nonFinite)
    implements Serializable {

  /** Stands for every column of numbers that is not named elsewhere. */
  static final String ALL = "*";

  static final String VALUES_KEY = "source.valueColumns";

  public SeriesColumns {
    values = List.copyOf(values);
    pastCovariates = List.copyOf(pastCovariates);
    knownCovariates = List.copyOf(knownCovariates);
    staticCovariates = List.copyOf(staticCovariates);
    missingMarks = List.copyOf(missingMarks);
    requireValues(values);
  }

  static void requireValues(List<String> values) {
    if (values.isEmpty()) {
      throw new SettingException(
          VALUES_KEY, "a source needs at least one value column, found none");
    }
  }

  /** Reads numbers that are written as text. */
  NumberText numberText() {
    return new NumberText(numbers, missingMarks);
  }

  /** The names the settings need, each once; a star adds none. */
  Set<String> needed() {
    return keys().keySet();
  }

  /** The columns the settings name, and under which key; the caller may change the map. */
  Map<String, String> keys() {
    Map<String, String> keys = new LinkedHashMap<>();
    series.columns().forEach(name -> keys.putIfAbsent(name, "source.series.columns"));
    String timeKey = time.columns().isEmpty() ? "source.time.column" : "source.time.columns";
    time.names().forEach(name -> keys.putIfAbsent(name, timeKey));
    values.forEach(name -> keys.putIfAbsent(name, VALUES_KEY));
    pastCovariates.forEach(name -> keys.putIfAbsent(name, "source.pastCovariates"));
    knownCovariates.forEach(name -> keys.putIfAbsent(name, "source.knownCovariates"));
    staticCovariates.forEach(name -> keys.putIfAbsent(name, "source.staticCovariates"));
    keys.remove(ALL);
    return keys;
  }
}

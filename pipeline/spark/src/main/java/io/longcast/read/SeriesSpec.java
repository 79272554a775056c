package io.longcast.read;

import io.longcast.settings.SettingException;
import java.io.Serializable;
import java.util.List;

/**
 * What names a series.
 *
 * @param columns columns whose values, joined, are the series id; each is kept as a column too.
 *     Proposed default: {@code ["series_id"]}; may be empty
 * @param separator stands between the joined values. Proposed default: {@code "/"}
 * @param fromFileName whether the file's name without its extension is the last part of the series
 *     id, for sources with one series a file. Proposed default: false
 * @param constant the series id where there is neither a column nor a file name. Proposed default:
 *     {@code "series"}
 */
public record SeriesSpec(
    List<String> columns, String separator, boolean fromFileName, String constant)
    implements Serializable {

  public SeriesSpec {
    columns = List.copyOf(columns);
    if (columns.isEmpty() && !fromFileName && constant.isBlank()) {
      throw new SettingException(
          List.of("source.series.columns", "source.series.fromFileName", "source.series.constant"),
          "a series id needs a column, the file name or a constant, found none");
    }
  }
}

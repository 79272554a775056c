package io.longcast.benchmark;

import io.longcast.settings.SettingChecks;
import io.longcast.settings.SettingException;
import java.io.Serializable;
import java.util.List;

/**
 * Multivariate files with a label on each row; the first rows of a file train, unlabelled.
 *
 * @param folders below the data folder; all their {@code .csv} files
 * @param separator one character
 * @param labelColumn header of the labels, 1 on anomalous rows
 * @param ignoredColumns headers that are neither sensors nor labels; the first column is the time
 * @param trainRows rows at the start of each file that train and are not scored, at least 1
 * @param threshold alarm at or above it
 * @param maxFalseAlarms thresholds are chosen among those that alarm at most this share of the
 *     normal rows, in [0, 1]: an alarm without end reaches an F1 of 0.7
 */
public record PointwiseSpec(
    List<String> folders,
    String separator,
    String labelColumn,
    List<String> ignoredColumns,
    int trainRows,
    double threshold,
    double maxFalseAlarms)
    implements Serializable {

  public PointwiseSpec {
    folders = List.copyOf(folders);
    ignoredColumns = List.copyOf(ignoredColumns);
    SettingChecks.atLeast(trainRows, 1, "benchmark.pointwise.trainRows");
    SettingChecks.share(maxFalseAlarms, "benchmark.pointwise.maxFalseAlarms");
    if (separator.length() != 1) {
      throw new SettingException(
          "benchmark.pointwise.separator",
          "separator must be one character, found \"" + separator + "\"");
    }
  }
}

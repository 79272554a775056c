package io.longcast.benchmark;

import io.longcast.model.baseline.LinearMapBaseline;
import io.longcast.settings.SettingChecks;
import java.io.Serializable;
import java.util.List;

/**
 * One multivariate table whose rows are cut into train, validation and test. Columns are
 * standardised with mean and population standard deviation of the training rows; errors are in
 * these units. Every test row followed by a full horizon is a target start; history may reach back
 * before the test rows.
 *
 * @param file below the data folder, {@code .gz} allowed; the first column is the time
 * @param target the column of the univariate variant
 * @param variants which of the two to run; metrics of the first have plain names
 * @param horizons steps forecast; metrics of the first have plain names
 * @param season of the seasonal baselines, at least 1
 * @param trainRows rows [0, trainRows) train
 * @param validationRows the rows after them
 * @param testRows the rows after these
 * @param dropIncompleteBatch windows a batch of the upstream evaluators, whose last incomplete
 *     batch is dropped; 0 keeps all windows
 * @param linearMaps linear maps fitted on the training rows and run for comparison
 * @param baselines run for comparison
 */
public record SplitCsvSpec(
    String file,
    String target,
    List<Variant> variants,
    List<Integer> horizons,
    int season,
    int trainRows,
    int validationRows,
    int testRows,
    int dropIncompleteBatch,
    List<LinearMapBaseline> linearMaps,
    BaselinesSpec baselines)
    implements Serializable {

  /** Which columns are forecast. */
  public enum Variant {
    MULTIVARIATE,
    UNIVARIATE
  }

  public SplitCsvSpec {
    variants = List.copyOf(variants);
    horizons = List.copyOf(horizons);
    linearMaps = List.copyOf(linearMaps);
    SettingChecks.atLeast(variants.size(), 1, "benchmark.splitCsv.variants");
    SettingChecks.atLeast(horizons.size(), 1, "benchmark.splitCsv.horizons");
    horizons.forEach(h -> SettingChecks.atLeast(h, 1, "benchmark.splitCsv.horizons"));
    SettingChecks.atLeast(season, 1, "benchmark.splitCsv.season");
    SettingChecks.atLeast(trainRows, 1, "benchmark.splitCsv.trainRows");
    SettingChecks.atLeast(validationRows, 0, "benchmark.splitCsv.validationRows");
    SettingChecks.atLeast(testRows, 1, "benchmark.splitCsv.testRows");
    SettingChecks.atLeast(dropIncompleteBatch, 0, "benchmark.splitCsv.dropIncompleteBatch");
  }

  /** First row of the test part. */
  int testFrom() {
    return trainRows + validationRows;
  }

  /** End of the test part, exclusive. */
  int testTo() {
    return testFrom() + testRows;
  }
}

package io.longcast.pipeline;

import io.longcast.config.RunSpec;
import io.longcast.model.defaults.SeriesLengths;
import io.longcast.sparkinternals.rdd.TaskResults;
import io.longcast.window.SplitSpec;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * More validation folds where those of the settings compare too few values for the gate: as many as
 * {@code backtest.minValues} needs, but no more than a quarter of the series' median length holds.
 */
public final class ValidationFolds {
  private static final Logger LOG = LoggerFactory.getLogger(ValidationFolds.class);
  private static final int SHARE = 4;
  private static final int DEPTH = 2;

  private ValidationFolds() {}

  /**
   * The run with enough folds; one light scan where those of the settings are too few.
   *
   * @param run of a forecaster or a classifier, whose folds stay
   */
  public static RunSpec enough(RunSpec run, SeriesDataset data) {
    SplitSpec split = run.split();
    int wanted = run.backtest().minValues();
    if (run.isClassifier() || wanted == 0 || split.folds() == 0) {
      return run;
    }
    int horizon = run.window().horizon();
    long perFold = data.requireSeries().kept() * data.layout().channels().size() * horizon;
    long needed = (wanted + perFold - 1) / perFold;
    if (needed <= split.folds()) {
      return run;
    }
    int median = lengths(data).quantile(.5);
    int folds = (int) Math.min(needed, median / SHARE / horizon);
    if (folds <= split.folds()) {
      return run;
    }
    LOG.info(
        "split.folds = {} in place of {}: a fold compares {} values, backtest.minValues = {}",
        folds,
        split.folds(),
        perFold,
        wanted);
    return run.withWindows(run.window(), split.withFolds(folds));
  }

  private static SeriesLengths lengths(SeriesDataset data) {
    return TaskResults.merge(
        data.segments()
            .filter(segment -> segment.seriesStep() == 0)
            .mapPartitions(
                part -> {
                  SeriesLengths lengths = new SeriesLengths();
                  part.forEachRemaining(
                      segment -> lengths.merge(SeriesLengths.of(segment.seriesLength())));
                  return List.of(lengths).iterator();
                }),
        SeriesLengths::merge,
        DEPTH);
  }
}

package io.longcast.flow;

import io.longcast.backtest.CompareStage;
import io.longcast.backtest.Comparison;
import io.longcast.backtest.ModelScores;
import io.longcast.pipeline.SeriesDataset;
import io.longcast.pipeline.ServedModel;
import io.longcast.window.Block;
import io.longcast.window.Split;
import io.longcast.window.SplitSpec;
import java.util.List;

/**
 * The newest windows of a dataset, on which models of one horizon can be compared whatever their
 * contexts are: the last {@code split.folds} horizons of each series.
 */
final class RecentWindows {
  private RecentWindows() {}

  /**
   * Scores what a model forecasts, as it serves, one job.
   *
   * @param data with the codes of the model
   * @param season lag of the in-sample error that MASE divides by, the same for all models compared
   */
  static ModelScores scores(SeriesDataset data, ServedModel model, SplitSpec split, int season) {
    model.requireFits(data.layout(), data.frequency());
    CompareStage.Plan plan =
        new CompareStage.Plan(
            model.state().cutter(),
            split,
            Split.VALIDATION,
            split,
            List.of(model.forecaster()),
            model.calibration(),
            season);
    return CompareStage.compare(data.segments().map(segment -> new Block(List.of(segment))), plan)
        .subject();
  }

  /** Values that scores rest on. */
  static long values(ModelScores scores) {
    return new Comparison(List.of(scores)).values();
  }
}

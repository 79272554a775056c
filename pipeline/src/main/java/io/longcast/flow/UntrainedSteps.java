package io.longcast.flow;

import io.longcast.anomaly.DetectStage;
import io.longcast.series.Segment;
import io.longcast.window.SplitSpec;
import io.longcast.window.WindowSpec;

/**
 * The calibration and validation parts of a series: steps the first training did not see. A series
 * too short to have them gives its last half.
 *
 * @param split how series are divided
 * @param window shape of the windows
 */
record UntrainedSteps(SplitSpec split, WindowSpec window) implements DetectStage.CalibrationRange {
  private static final long serialVersionUID = 1L;

  @Override
  public int from(Segment segment) {
    int held = (split.folds() + split.calibrationFolds()) * window.horizon();
    return Math.max(to(segment) - Math.max(held, 1), to(segment) / 2);
  }

  @Override
  public int to(Segment segment) {
    return Math.max(0, segment.length() - split.holdoutSteps());
  }
}

package io.longcast.forecast;

import io.longcast.model.ForecastBatch;
import io.longcast.model.ForecasterFactory;
import io.longcast.model.WindowForecaster;
import io.longcast.sparkinternals.rdd.Shared;
import io.longcast.sparkinternals.rdd.TaskResults;
import io.longcast.window.Block;
import io.longcast.window.CutterSpec;
import io.longcast.window.Split;
import io.longcast.window.SplitSpec;
import io.longcast.window.WindowBatch;
import io.longcast.window.WindowScan;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/** Collects the calibration state of a model over one part of the data. One job, no shuffle. */
public final class IntervalCalibrationStage {
  private static final int BATCH = 256;
  private static final int DEPTH = 2;

  private IntervalCalibrationStage() {}

  /** The state over all calibration windows; empty where there are none. */
  public static CalibrationState collect(
      JavaRDD<Block> blocks, CutterSpec cutter, SplitSpec split, ForecasterFactory model) {
    return collect(blocks, cutter, split, Split.CALIBRATION, model);
  }

  /** The state over all windows of a part; empty where there are none. */
  public static CalibrationState collect(
      JavaRDD<Block> blocks,
      CutterSpec cutter,
      SplitSpec split,
      Split over,
      ForecasterFactory model) {
    Shared<ForecasterFactory> shared = Shared.of(blocks.context(), model);
    try {
      return TaskResults.merge(
          blocks.mapPartitions(
              part -> List.of(state(part, cutter, split, over, shared.value())).iterator()),
          CalibrationState::merge,
          DEPTH);
    } finally {
      shared.destroy();
    }
  }

  private static CalibrationState state(
      Iterator<Block> blocks,
      CutterSpec cutter,
      SplitSpec split,
      Split over,
      ForecasterFactory model) {
    try (WindowForecaster forecaster = model.open()) {
      int levels = forecaster.quantileLevels().size();
      CalibrationState state =
          new CalibrationState(forecaster.quantileLevels(), cutter.window().horizon());
      WindowScan scan = new WindowScan(blocks, cutter.open(), split, over);
      WindowBatch windows = cutter.open().newBatch(BATCH);
      ForecastBatch forecasts = new ForecastBatch(BATCH, windows.horizon(), levels);
      while (scan.next(windows)) {
        forecaster.forecast(windows, forecasts);
        state.add(windows, forecasts);
      }
      return state;
    }
  }
}

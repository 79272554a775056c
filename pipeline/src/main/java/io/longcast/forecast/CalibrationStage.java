package io.longcast.forecast;

import io.longcast.model.ForecastBatch;
import io.longcast.model.Forecaster;
import io.longcast.model.ForecasterFactory;
import io.longcast.series.Segment;
import io.longcast.window.BatchCutter;
import io.longcast.window.CutterSpec;
import io.longcast.window.Origins;
import io.longcast.window.Split;
import io.longcast.window.SplitSpec;
import io.longcast.window.WindowBatch;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Collects the calibration state of a model over the calibration windows. One job, no shuffle. */
public final class CalibrationStage {
  private static final int BATCH = 256;
  private static final int DEPTH = 2;

  private CalibrationStage() {}

  /** The state over all calibration windows; empty where there are none. */
  public static CalibrationState collect(
      JavaRDD<Segment> segments, CutterSpec cutter, SplitSpec split, ForecasterFactory model) {
    Broadcast<ForecasterFactory> shared =
        JavaSparkContext.fromSparkContext(segments.context()).broadcast(model);
    try {
      return segments
          .mapPartitions(part -> List.of(state(part, cutter, split, shared.value())).iterator())
          .treeReduce(CalibrationState::merge, DEPTH);
    } finally {
      shared.destroy();
    }
  }

  private static CalibrationState state(
      Iterator<Segment> segments, CutterSpec spec, SplitSpec split, ForecasterFactory model) {
    try (Forecaster forecaster = model.open()) {
      BatchCutter cutter = spec.open();
      CalibrationState state = new CalibrationState(forecaster.quantileLevels());
      WindowBatch windows = cutter.newBatch(BATCH);
      ForecastBatch forecasts =
          new ForecastBatch(BATCH, windows.horizon(), forecaster.quantileLevels().size());
      while (segments.hasNext()) {
        Segment segment = segments.next();
        Origins origins = split.origins(spec.window(), segment, Split.CALIBRATION);
        for (int channel = 0; channel < cutter.channels(); channel++) {
          for (int o = origins.from(); o < origins.to(); o += origins.step()) {
            cutter.cut(segment, channel, o, windows);
            if (windows.size() == BATCH) {
              flush(forecaster, windows, forecasts, state);
            }
          }
        }
      }
      flush(forecaster, windows, forecasts, state);
      return state;
    }
  }

  private static void flush(
      Forecaster forecaster, WindowBatch windows, ForecastBatch forecasts, CalibrationState state) {
    if (windows.size() > 0) {
      forecaster.forecast(windows, forecasts);
      state.add(windows, forecasts);
      windows.clear();
    }
  }
}

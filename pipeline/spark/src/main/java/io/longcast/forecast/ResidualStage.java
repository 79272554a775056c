package io.longcast.forecast;

import io.longcast.model.ForecastBatch;
import io.longcast.model.ForecasterFactory;
import io.longcast.model.ModelSpec;
import io.longcast.model.WindowForecaster;
import io.longcast.scale.Scale;
import io.longcast.scale.WindowScaler;
import io.longcast.window.Block;
import io.longcast.window.CutterSpec;
import io.longcast.window.Split;
import io.longcast.window.SplitSpec;
import io.longcast.window.WindowBatch;
import io.longcast.window.WindowScan;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures how far values lie from point forecasts on the calibration part. One job, no shuffle.
 */
public final class ResidualStage {
  private static final Logger LOG = LoggerFactory.getLogger(ResidualStage.class);
  private static final int BATCH = 256;
  private static final int DEPTH = 2;

  private ResidualStage() {}

  /**
   * The quantiles of a network that gives points only.
   *
   * @param model gives points only
   * @param spec its scaling and the levels that are wanted
   * @return {@link ResidualQuantiles#NONE} where no levels are wanted or no window was held back
   */
  public static ResidualQuantiles collect(
      JavaRDD<Block> blocks,
      CutterSpec cutter,
      SplitSpec split,
      ForecasterFactory model,
      ModelSpec spec) {
    List<Double> levels = spec.output().quantileLevels();
    if (levels.isEmpty()) {
      return ResidualQuantiles.NONE;
    }
    Broadcast<ForecasterFactory> shared =
        JavaSparkContext.fromSparkContext(blocks.context()).broadcast(model);
    try {
      ResidualQuantiles found =
          blocks
              .mapPartitions(
                  part -> List.of(counts(part, cutter, split, shared.value(), spec)).iterator())
              .treeReduce(ResidualCounts::merge, DEPTH)
              .quantiles(levels);
      if (found.levels().isEmpty()) {
        LOG.warn(
            "no intervals: the network gives points only, and no windows were held back to measure"
                + " its residuals on (key split.calibrationFolds)");
      }
      return found;
    } finally {
      shared.destroy();
    }
  }

  private static ResidualCounts counts(
      Iterator<Block> blocks,
      CutterSpec cutter,
      SplitSpec split,
      ForecasterFactory model,
      ModelSpec spec) {
    try (WindowForecaster forecaster = model.open()) {
      WindowScan scan = new WindowScan(blocks, cutter.open(), split, Split.CALIBRATION);
      WindowBatch windows = cutter.open().newBatch(BATCH);
      ForecastBatch forecasts = new ForecastBatch(BATCH, windows.horizon(), 0);
      WindowScaler scaler =
          new WindowScaler(spec.scaling(), spec.seasonalPeriod(), windows.contextLength());
      float[] scaled = new float[windows.context().length];
      ResidualCounts counts = new ResidualCounts(windows.horizon());
      Scale scale = new Scale();
      while (scan.next(windows)) {
        forecaster.forecast(windows, forecasts);
        for (int i = 0; i < windows.size(); i++) {
          int at = i * windows.contextLength();
          scaler.fit(windows.context(), windows.contextObserved(), at, scale, scaled);
          add(windows, forecasts, i, scale, counts);
        }
      }
      return counts;
    }
  }

  /** A window whose context never changes is forecast to stay so, whatever the network says. */
  private static void add(
      WindowBatch windows, ForecastBatch forecasts, int i, Scale scale, ResidualCounts counts) {
    for (int t = 0; !scale.isConstant() && t < windows.horizon(); t++) {
      int at = i * windows.horizon() + t;
      if (windows.targetObserved()[at] != 0) {
        double value = scale.scaled(windows.target()[at]);
        counts.add(t, value - scale.scaled(forecasts.point()[at]));
      }
    }
  }
}

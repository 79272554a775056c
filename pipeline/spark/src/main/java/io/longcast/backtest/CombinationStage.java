package io.longcast.backtest;

import io.longcast.evaluate.ErrorScale;
import io.longcast.model.ForecastBatch;
import io.longcast.model.Forecaster;
import io.longcast.model.ForecasterFactory;
import io.longcast.model.combination.ErrorProducts;
import io.longcast.sparkinternals.rdd.Shared;
import io.longcast.sparkinternals.rdd.TaskResults;
import io.longcast.window.Block;
import io.longcast.window.CutterSpec;
import io.longcast.window.Split;
import io.longcast.window.SplitSpec;
import io.longcast.window.WindowBatch;
import io.longcast.window.WindowScan;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * Compares the errors of several forecasters on the calibration windows. One job, no shuffle; sums
 * are merged in the order of the shards.
 */
public final class CombinationStage {
  private static final int BATCH = 256;

  private CombinationStage() {}

  /**
   * What is compared, shipped to the executors.
   *
   * @param cutter cuts the windows
   * @param split which windows are calibration
   * @param members the forecasters
   * @param season lag of the in-sample error that errors are divided by
   */
  public record Plan(
      CutterSpec cutter, SplitSpec split, List<ForecasterFactory> members, int season)
      implements Serializable {
    public Plan {
      members = List.copyOf(members);
    }
  }

  /** Products of the errors over all calibration windows. */
  public static ErrorProducts collect(JavaRDD<Block> blocks, Plan plan) {
    Shared<Plan> shared = Shared.of(blocks.context(), plan);
    try {
      ErrorProducts all = new ErrorProducts(plan.members().size());
      TaskResults.collect(
              blocks.mapPartitions(part -> List.of(products(part, shared.value())).iterator()))
          .forEach(all::merge);
      return all;
    } finally {
      shared.destroy();
    }
  }

  private static ErrorProducts products(Iterator<Block> blocks, Plan plan) {
    List<Forecaster> members = new ArrayList<>();
    try {
      plan.members().forEach(member -> members.add(member.open()));
      ErrorProducts products = new ErrorProducts(members.size());
      WindowScan scan =
          new WindowScan(blocks, plan.cutter().open(), plan.split(), Split.CALIBRATION);
      WindowBatch windows = plan.cutter().open().newBatch(BATCH);
      while (scan.next(windows)) {
        add(windows, forecasts(members, windows), plan.season(), products);
      }
      return products;
    } finally {
      members.forEach(Forecaster::close);
    }
  }

  private static List<ForecastBatch> forecasts(List<Forecaster> members, WindowBatch windows) {
    List<ForecastBatch> all = new ArrayList<>();
    for (Forecaster member : members) {
      ForecastBatch made =
          new ForecastBatch(
              windows.capacity(), windows.horizon(), member.quantileLevels().size());
      member.forecast(windows, made);
      all.add(made);
    }
    return all;
  }

  private static void add(
      WindowBatch windows, List<ForecastBatch> forecasts, int season, ErrorProducts into) {
    double[] errors = new double[forecasts.size()];
    for (int i = 0; i < windows.size(); i++) {
      ErrorScale scale = CompareStage.scale(windows, i, season);
      for (int t = 0; t < windows.horizon() && scale.absolute() > 0; t++) {
        int at = i * windows.horizon() + t;
        if (windows.targetObserved()[at] != 0) {
          for (int m = 0; m < errors.length; m++) {
            errors[m] =
                (windows.target()[at] - (double) forecasts.get(m).point(i, t)) / scale.absolute();
          }
          into.add(errors);
        }
      }
    }
  }
}

package io.longcast.backtest;

import io.longcast.evaluate.ErrorScale;
import io.longcast.model.ForecastBatch;
import io.longcast.model.ForecasterFactory;
import io.longcast.model.WindowForecaster;
import io.longcast.model.baseline.Baseline;
import io.longcast.model.combination.Combination;
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
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns how to weigh a network and baselines from their errors on the calibration windows. One
 * job, no shuffle.
 */
public final class CombinationStage {
  private static final Logger LOG = LoggerFactory.getLogger(CombinationStage.class);
  private static final int BATCH = 256;

  private CombinationStage() {}

  /**
   * The windows to learn from.
   *
   * @param cutter cuts them
   * @param split which of them are calibration
   * @param season steps of one season, 1 for none; lag of the error that errors are divided by
   * @param levels of the network's quantiles
   */
  public record Plan(CutterSpec cutter, SplitSpec split, int season, List<Double> levels)
      implements Serializable {
    public Plan {
      levels = List.copyOf(levels);
    }
  }

  /** What is shipped to the executors. */
  private record Work(Plan plan, List<ForecasterFactory> members) implements Serializable {}

  /**
   * The combination; empty where no baseline is to be combined, equal weights where there are no
   * calibration windows.
   */
  public static Optional<Combination> learn(
      JavaRDD<Block> blocks, Plan plan, CombinationSpec how, ForecasterFactory network) {
    List<Baseline> baselines = how.baselines();
    if (baselines.isEmpty()) {
      return Optional.empty();
    }
    List<ForecasterFactory> members =
        Combination.members(network, baselines, plan.season(), plan.levels());
    ErrorProducts errors = collect(blocks, new Work(plan, members));
    Combination found = new Combination(baselines, errors.weights(how.shrinkage()));
    LOG.info("combination by {} calibration values: {}", errors.count(), found.described());
    return Optional.of(found);
  }

  private static ErrorProducts collect(JavaRDD<Block> blocks, Work work) {
    Shared<Work> shared = Shared.of(blocks.context(), work);
    try {
      ErrorProducts all = new ErrorProducts(work.members().size());
      TaskResults.collect(
              blocks.mapPartitions(part -> List.of(products(part, shared.value())).iterator()))
          .forEach(all::merge);
      return all;
    } finally {
      shared.destroy();
    }
  }

  private static ErrorProducts products(Iterator<Block> blocks, Work work) {
    Plan plan = work.plan();
    List<WindowForecaster> members = new ArrayList<>();
    try {
      work.members().forEach(member -> members.add(member.open()));
      ErrorProducts products = new ErrorProducts(members.size());
      WindowScan scan =
          new WindowScan(blocks, plan.cutter().open(), plan.split(), Split.CALIBRATION);
      WindowBatch windows = plan.cutter().open().newBatch(BATCH);
      while (scan.next(windows)) {
        add(windows, forecasts(members, windows), plan.season(), products);
      }
      return products;
    } finally {
      members.forEach(WindowForecaster::close);
    }
  }

  private static List<ForecastBatch> forecasts(
      List<WindowForecaster> members, WindowBatch windows) {
    List<ForecastBatch> all = new ArrayList<>();
    for (WindowForecaster member : members) {
      ForecastBatch made =
          new ForecastBatch(windows.capacity(), windows.horizon(), member.quantileLevels().size());
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

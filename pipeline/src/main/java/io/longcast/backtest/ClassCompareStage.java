package io.longcast.backtest;

import io.longcast.evaluate.ClassCounts;
import io.longcast.model.ForecastBatch;
import io.longcast.model.Forecaster;
import io.longcast.model.ForecasterFactory;
import io.longcast.window.Block;
import io.longcast.window.CutterSpec;
import io.longcast.window.Split;
import io.longcast.window.SplitSpec;
import io.longcast.window.WindowBatch;
import io.longcast.window.WindowScan;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Compares a classifier with the most frequent class of the training windows. One job, and one more
 * to count the labels of training; no shuffle.
 */
public final class ClassCompareStage {
  private static final int BATCH = 256;

  private ClassCompareStage() {}

  /**
   * What is compared, shipped to the executors.
   *
   * @param cutter cuts windows whose targets are labels
   * @param split which windows belong to which part
   * @param model the classifier: its points are codes
   * @param classes number of classes
   */
  public record Plan(CutterSpec cutter, SplitSpec split, ForecasterFactory model, int classes)
      implements Serializable {}

  /**
   * On the validation windows.
   *
   * @param learned labels of the training windows, as {@link #learned} counts them
   */
  public static ClassComparison compare(
      JavaRDD<Block> blocks, String name, Plan plan, ClassCounts learned) {
    Broadcast<Plan> shared = JavaSparkContext.fromSparkContext(blocks.context()).broadcast(plan);
    try {
      ClassCounts found =
          sum(blocks.mapPartitions(all -> List.of(found(all, shared.value())).iterator()));
      return new ClassComparison(name, found, found.alwaysSaying(learned.mostFrequent()));
    } finally {
      shared.destroy();
    }
  }

  /** Labels of the training windows, each counted as if it had been found. */
  public static ClassCounts learned(
      JavaRDD<Block> blocks, CutterSpec cutter, SplitSpec split, int classes) {
    return sum(
        blocks.mapPartitions(
            all -> {
              ClassCounts counts = new ClassCounts(classes);
              WindowScan scan = new WindowScan(all, cutter.open(), split, Split.TRAIN);
              WindowBatch windows = cutter.open().newBatch(BATCH);
              while (scan.next(windows)) {
                add(windows, windows.target(), counts);
              }
              return List.of(counts).iterator();
            }));
  }

  private static ClassCounts sum(JavaRDD<ClassCounts> parts) {
    return parts.reduce(
        (one, other) -> {
          one.merge(other);
          return one;
        });
  }

  private static ClassCounts found(Iterator<Block> blocks, Plan plan) {
    ClassCounts counts = new ClassCounts(plan.classes());
    WindowScan scan = new WindowScan(blocks, plan.cutter().open(), plan.split(), Split.VALIDATION);
    WindowBatch windows = plan.cutter().open().newBatch(BATCH);
    ForecastBatch found = new ForecastBatch(BATCH, windows.horizon(), 0);
    try (Forecaster model = plan.model().open()) {
      while (scan.next(windows)) {
        model.forecast(windows, found);
        add(windows, found.point(), counts);
      }
    }
    return counts;
  }

  private static void add(WindowBatch windows, float[] found, ClassCounts counts) {
    for (int at = 0; at < windows.size() * windows.horizon(); at++) {
      int label = (int) windows.target()[at];
      if (windows.targetObserved()[at] != 0 && label >= 0 && label < counts.classes()) {
        counts.add(label, (int) found[at]);
      }
    }
  }
}

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
 * Compares a classifier with the most frequent class of the training windows. Two jobs, no shuffle.
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

  /** On the validation windows. */
  public static ClassComparison compare(JavaRDD<Block> blocks, String name, Plan plan) {
    Broadcast<Plan> shared = JavaSparkContext.fromSparkContext(blocks.context()).broadcast(plan);
    try {
      int majority = mostFrequent(collect(blocks, shared, Split.TRAIN, false));
      ClassCounts found = collect(blocks, shared, Split.VALIDATION, true);
      return new ClassComparison(name, found, found.alwaysSaying(majority));
    } finally {
      shared.destroy();
    }
  }

  private static int mostFrequent(ClassCounts labels) {
    int best = 0;
    for (int code = 1; code < labels.classes(); code++) {
      best = labels.labelled(code) > labels.labelled(best) ? code : best;
    }
    return best;
  }

  /** Labels of a part; without the model each counts as if it had been found. */
  private static ClassCounts collect(
      JavaRDD<Block> blocks, Broadcast<Plan> shared, Split part, boolean withModel) {
    List<ClassCounts> parts =
        blocks
            .mapPartitions(all -> List.of(counts(all, shared.value(), part, withModel)).iterator())
            .collect();
    ClassCounts sum = new ClassCounts(shared.value().classes());
    parts.forEach(sum::merge);
    return sum;
  }

  private static ClassCounts counts(
      Iterator<Block> blocks, Plan plan, Split part, boolean withModel) {
    ClassCounts counts = new ClassCounts(plan.classes());
    WindowScan scan = new WindowScan(blocks, plan.cutter().open(), plan.split(), part);
    WindowBatch windows = plan.cutter().open().newBatch(BATCH);
    ForecastBatch found = new ForecastBatch(BATCH, windows.horizon(), 0);
    try (Forecaster model = plan.model().open()) {
      while (scan.next(windows)) {
        if (withModel) {
          model.forecast(windows, found);
        }
        add(windows, withModel ? found.point() : windows.target(), counts);
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

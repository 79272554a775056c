package io.longcast.backtest;

import io.longcast.evaluate.ClassCounts;
import io.longcast.forecast.WindowStratum;
import io.longcast.model.ClassBatch;
import io.longcast.model.Classifier;
import io.longcast.model.ForecasterFactory;
import io.longcast.sparkinternals.rdd.Shared;
import io.longcast.sparkinternals.rdd.TaskResults;
import io.longcast.window.Block;
import io.longcast.window.CutterSpec;
import io.longcast.window.Split;
import io.longcast.window.SplitSpec;
import io.longcast.window.WindowBatch;
import io.longcast.window.WindowScan;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;

/**
 * Compares a classifier with the most frequent class of the training windows. One job, and one more
 * to count the labels of training; no shuffle.
 */
public final class ClassCompareStage {
  private static final int BATCH = 256;
  private static final String BASELINE = "majority-class";

  private ClassCompareStage() {}

  /**
   * What is compared, shipped to the executors.
   *
   * @param cutter cuts windows whose targets are labels
   * @param split which windows belong to which part
   * @param trained the split that the model was trained on: says which series it has not seen
   * @param model opens a {@link Classifier}
   * @param classes names by code
   * @param learned labels of the training windows, as {@link #learned} counts them
   */
  public record Plan(
      CutterSpec cutter,
      SplitSpec split,
      SplitSpec trained,
      ForecasterFactory model,
      List<String> classes,
      ClassCounts learned)
      implements Serializable {
    public Plan {
      classes = List.copyOf(classes);
    }
  }

  /** On the validation windows; partial sums are merged in the order of the shards. */
  public static ClassComparison compare(JavaRDD<Block> blocks, Plan plan) {
    Shared<Plan> shared = Shared.of(blocks.context(), plan);
    try {
      return ClassComparison.merged(
          TaskResults.collect(
              blocks.mapPartitions(
                  part -> List.of(new Walk(shared.value()).over(part)).iterator())));
    } finally {
      shared.destroy();
    }
  }

  /** Labels of the training windows, each counted as if it had been found. */
  public static ClassCounts learned(
      JavaRDD<Block> blocks, CutterSpec cutter, SplitSpec split, int classes) {
    return blocks
        .mapPartitions(
            all -> {
              ClassCounts counts = new ClassCounts(classes);
              WindowScan scan = new WindowScan(all, cutter.open(), split, Split.TRAIN);
              WindowBatch windows = cutter.open().newBatch(BATCH);
              while (scan.next(windows)) {
                for (int at = 0; at < windows.size() * windows.horizon(); at++) {
                  int label = label(windows, at, classes);
                  if (label >= 0) {
                    counts.add(label, label);
                  }
                }
              }
              return List.of(counts).iterator();
            })
        .reduce(
            (one, other) -> {
              one.merge(other);
              return one;
            });
  }

  /** The label of a step, or -1 where none is known. */
  private static int label(WindowBatch windows, int at, int classes) {
    int label = (int) windows.target()[at];
    return windows.targetObserved()[at] != 0 && label >= 0 && label < classes ? label : -1;
  }

  /** Through the windows of a partition. */
  private static final class Walk {
    private final Plan plan;
    private final String label;
    private final ClassBatch usual;
    private final ClassBatch found;
    private final ClassModelScores subject;
    private final ClassModelScores baseline;

    Walk(Plan plan) {
      this.plan = plan;
      List<String> channels = plan.cutter().layout().channels();
      label = channels.get(channels.size() - 1);
      int horizon = plan.cutter().window().horizon();
      int classes = plan.classes().size();
      found = new ClassBatch(BATCH, horizon, classes);
      usual = usual(plan.learned(), BATCH * horizon);
      subject = new ClassModelScores("network", classes);
      baseline = new ClassModelScores(BASELINE, classes);
    }

    /** What the baseline says of any batch. */
    private static ClassBatch usual(ClassCounts learned, int steps) {
      ClassBatch usual = new ClassBatch(steps, 1, learned.classes());
      float[] shares = learned.expectedShares();
      for (int at = 0; at < steps; at++) {
        System.arraycopy(shares, 0, usual.probabilities(), at * shares.length, shares.length);
      }
      Arrays.fill(usual.codes(), learned.mostFrequent());
      return usual;
    }

    ClassComparison over(Iterator<Block> blocks) {
      WindowScan scan =
          new WindowScan(blocks, plan.cutter().open(), plan.split(), Split.VALIDATION);
      WindowBatch windows = plan.cutter().open().newBatch(BATCH);
      try (Classifier model = (Classifier) plan.model().open()) {
        while (scan.next(windows)) {
          model.classify(windows, found);
          for (int i = 0; i < windows.size(); i++) {
            add(windows, i);
          }
        }
      }
      return new ClassComparison(plan.classes(), subject, baseline);
    }

    private void add(WindowBatch windows, int i) {
      SeriesChannel series = new SeriesChannel(windows.segment(i).seriesId(), label);
      Set<WindowStratum> groups = WindowStratum.of(windows, i, plan.trained());
      for (int t = 0; t < windows.horizon(); t++) {
        int at = i * windows.horizon() + t;
        int actual = label(windows, at, plan.classes().size());
        if (actual >= 0) {
          subject.add(series, groups, t + 1, actual, found, at);
          baseline.add(series, groups, t + 1, actual, usual, at);
        }
      }
    }
  }
}

package io.longcast.forecast;

import io.longcast.model.Classifier;
import io.longcast.model.ForecasterFactory;
import io.longcast.series.Segment;
import io.longcast.table.ClassesTable;
import io.longcast.window.BatchCutter;
import io.longcast.window.CutterSpec;
import io.longcast.window.WindowBatch;
import java.io.Serializable;
import java.sql.Timestamp;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Labels series with a classifier, from their end back to their start: windows lie one stride
 * apart, or one horizon where that is longer, so that no step is labelled twice. No shuffle.
 */
public final class ClassifyStage {
  private ClassifyStage() {}

  /**
   * All that a task needs, broadcast once.
   *
   * @param cutter cuts windows whose targets are labels
   * @param model opens a {@link Classifier}
   * @param classes names by code
   * @param spec batch size, least context
   * @param modelId the bundle's id, a column of the table
   */
  public record Plan(
      CutterSpec cutter,
      ForecasterFactory model,
      List<String> classes,
      ForecastSpec spec,
      String modelId)
      implements Serializable {
    public Plan {
      classes = List.copyOf(classes);
    }
  }

  /**
   * One row for each labelled step; one with a status for a series too short to have any.
   *
   * @param segments whole series, the last channel a label that is not looked at
   */
  public static Dataset<Row> classify(SparkSession spark, JavaRDD<Segment> segments, Plan plan) {
    Broadcast<Plan> shared =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(plan);
    JavaRDD<Row> rows = segments.mapPartitions(part -> new Classes(part, shared.value()));
    return spark.createDataFrame(rows, ClassesTable.SCHEMA);
  }

  /** Streams segments into rows, a batch of windows at a time. */
  private static final class Classes implements Iterator<Row> {
    private final Iterator<Segment> segments;
    private final Plan plan;
    private final Classifier model;
    private final BatchCutter cutter;
    private final WindowBatch windows;
    private final float[] probabilities;
    private final ArrayDeque<Row> ready = new ArrayDeque<>();
    private Segment segment;
    private int origin;

    Classes(Iterator<Segment> segments, Plan plan) {
      this.segments = segments;
      this.plan = plan;
      model = (Classifier) plan.model().open();
      cutter = plan.cutter().open();
      windows = cutter.newBatch(plan.spec().batchSize());
      probabilities = new float[windows.capacity() * windows.horizon() * plan.classes().size()];
      TaskContext.get()
          .addTaskCompletionListener((TaskCompletionListener) context -> model.close());
    }

    @Override
    public boolean hasNext() {
      while (ready.isEmpty() && advance()) {
        cutter.cut(segment, 0, origin, windows);
        if (windows.size() == windows.capacity()) {
          flush();
        }
      }
      if (ready.isEmpty() && windows.size() > 0) {
        flush();
      }
      return !ready.isEmpty();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException("all series are labelled");
      }
      return ready.poll();
    }

    /** Moves to the next window; false at the end, or at a series that gets a status. */
    private boolean advance() {
      if (segment != null) {
        origin += Math.max(cutter.window().stride(), cutter.window().horizon());
        if (origin + cutter.window().horizon() <= segment.length()) {
          return true;
        }
      }
      if (!segments.hasNext()) {
        return false;
      }
      segment = segments.next();
      origin = first(segment);
      if (origin >= 1) {
        return true;
      }
      ready.add(status(segment));
      segment = null;
      return false;
    }

    /** The oldest origin a whole number of strides before the newest; below 1 if there is none. */
    private int first(Segment of) {
      int newest = of.length() - cutter.window().horizon();
      int least = Math.max(1, plan.spec().minContext() - cutter.window().horizon());
      int step = Math.max(cutter.window().stride(), cutter.window().horizon());
      return newest < least ? 0 : newest - (newest - least) / step * step;
    }

    private Row status(Segment of) {
      String why = "too short: %d steps, more than %d needed (window.horizon)";
      return RowFactory.create(
          of.seriesId(),
          null,
          null,
          null,
          null,
          null,
          why.formatted(of.length(), cutter.window().horizon()),
          plan.modelId());
    }

    private void flush() {
      model.probabilities(windows, probabilities);
      for (int at = 0; at < windows.size() * windows.horizon(); at++) {
        ready.add(row(at));
      }
      windows.clear();
    }

    private Row row(int at) {
      int n = plan.classes().size();
      Row[] shares = new Row[n];
      int best = 0;
      for (int code = 0; code < n; code++) {
        double share = probabilities[at * n + code];
        shares[code] = RowFactory.create(plan.classes().get(code), share);
        best = share > probabilities[at * n + best] ? code : best;
      }
      int window = at / windows.horizon();
      Segment of = windows.segment(window);
      int step = windows.origin(window) + at % windows.horizon();
      return RowFactory.create(
          of.seriesId(),
          of.axis().instant(step).map(Timestamp::from).orElse(null),
          of.axis().row(step).orElse(null),
          plan.classes().get(best),
          (double) probabilities[at * n + best],
          shares,
          "ok",
          plan.modelId());
    }
  }
}

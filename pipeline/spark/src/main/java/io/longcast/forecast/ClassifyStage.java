package io.longcast.forecast;

import io.longcast.model.ClassBatch;
import io.longcast.model.Classifier;
import io.longcast.model.ForecasterFactory;
import io.longcast.series.Segment;
import io.longcast.sparkinternals.EngineRow;
import io.longcast.sparkinternals.EngineRows;
import io.longcast.sparkinternals.rdd.Shared;
import io.longcast.table.ClassesTable;
import io.longcast.window.CutterSpec;
import io.longcast.window.WindowBatch;
import io.longcast.window.WindowSpec;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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
    Shared<Plan> shared = Shared.of(spark.sparkContext(), plan);
    JavaRDD<EngineRow> rows = segments.mapPartitions(part -> new Walk(part, shared.value()));
    return EngineRows.table(spark, rows, ClassesTable.SCHEMA);
  }

  /** Along each segment, its newest window last. */
  private static final class Walk extends SegmentRows {
    private final Classifier model;
    private final WindowSpec window;
    private final int step;
    private final int least;
    private final ClassRows rows;
    private final ClassBatch found;
    private Segment segment;
    private int origin;

    Walk(Iterator<Segment> segments, Plan plan) {
      super(segments, plan.cutter().open(), plan.spec().batchSize());
      model = (Classifier) plan.model().open();
      window = plan.cutter().window();
      step = Math.max(window.stride(), window.horizon());
      least = Math.max(1, plan.spec().minContext() - window.horizon());
      rows = new ClassRows(plan.classes(), plan.modelId());
      found = new ClassBatch(windows().capacity(), windows().horizon(), plan.classes().size());
      TaskContext.get()
          .addTaskCompletionListener((TaskCompletionListener) context -> model.close());
    }

    @Override
    boolean advance() {
      origin += step;
      if (segment == null || origin + window.horizon() > segment.length()) {
        if (!hasSegment()) {
          return false;
        }
        begin(nextSegment());
      }
      if (segment != null) {
        cut(segment, 0, origin);
      }
      return true;
    }

    /** Goes to the oldest origin a whole number of strides before the newest. */
    private void begin(Segment next) {
      int newest = next.length() - window.horizon();
      if (newest < least) {
        add(rows.status(next, tooShort(next)));
        segment = null;
        return;
      }
      segment = next;
      origin = newest - (newest - least) / step * step;
    }

    private String tooShort(Segment of) {
      return "too short: %d steps, at least %d needed (window.horizon, forecast.minContext)"
          .formatted(of.length(), least + window.horizon());
    }

    @Override
    List<EngineRow> answer(WindowBatch batch) {
      model.classify(batch, found);
      List<EngineRow> labelled = new ArrayList<>(batch.size() * batch.horizon());
      for (int at = 0; at < batch.size() * batch.horizon(); at++) {
        labelled.add(rows.row(batch, found, at));
      }
      return labelled;
    }
  }
}

package io.longcast.anomaly;

import io.longcast.anomaly.score.TailModel;
import io.longcast.anomaly.score.TailState;
import io.longcast.model.Forecaster;
import io.longcast.series.Segment;
import io.longcast.table.AnomaliesTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Scores every observed step of every segment by what the model expected of it. No shuffle; a
 * segment is scored in one task, and the model reaches each JVM once.
 */
public final class DetectStage {
  private static final int DEPTH = 2;

  private DetectStage() {}

  /** Rows of the anomalies table. */
  public static Dataset<Row> detect(
      SparkSession spark, JavaRDD<Segment> segments, DetectPlan plan) {
    Broadcast<DetectPlan> shared =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(plan);
    JavaRDD<Row> rows = segments.mapPartitions(part -> scored(part, shared.value()));
    return spark.createDataFrame(rows, AnomaliesTable.SCHEMA);
  }

  /**
   * What is usual: the distribution of the residual measure of each channel over all series, on the
   * steps that {@code part} gives. One job.
   */
  public static List<TailModel> tails(
      JavaRDD<Segment> segments, DetectPlan plan, CalibrationRange part) {
    Broadcast<DetectPlan> shared =
        JavaSparkContext.fromSparkContext(segments.context()).broadcast(plan);
    try {
      return segments
          .mapPartitions(each -> List.of(states(each, shared.value(), part)).iterator())
          .treeReduce(DetectStage::merge, DEPTH)
          .stream()
          .map(TailModel::fit)
          .toList();
    } finally {
      shared.destroy();
    }
  }

  private static ArrayList<TailState> merge(ArrayList<TailState> one, ArrayList<TailState> other) {
    for (int channel = 0; channel < one.size(); channel++) {
      one.get(channel).merge(other.get(channel));
    }
    return one;
  }

  private static ArrayList<TailState> states(
      Iterator<Segment> segments, DetectPlan plan, CalibrationRange part) {
    ArrayList<TailState> states = new ArrayList<>();
    for (int channel = 0; channel < plan.channels(); channel++) {
      states.add(new TailState());
    }
    try (Forecaster forecaster = plan.model().open()) {
      ResidualScan scan = scan(forecaster, plan);
      SegmentResiduals residuals = new SegmentResiduals();
      while (segments.hasNext()) {
        Segment segment = segments.next();
        int from = Math.max(firstOrigin(segment, plan), part.from(segment));
        int to = part.to(segment);
        scan.scan(segment, plan.channels(), from, to, residuals);
        for (int channel = 0; channel < plan.channels(); channel++) {
          collect(residuals, channel, from, to, states.get(channel));
        }
      }
    }
    return states;
  }

  private static void collect(
      SegmentResiduals residuals, int channel, int from, int to, TailState into) {
    for (int step = from; step < to; step++) {
      double measure = residuals.measure(channel, step);
      if (!Double.isNaN(measure)) {
        into.add(measure);
      }
    }
  }

  private static ResidualScan scan(Forecaster forecaster, DetectPlan plan) {
    return new ResidualScan(forecaster, plan.cutter().open(), plan.calibration(), plan.spec());
  }

  private static int firstOrigin(Segment segment, DetectPlan plan) {
    int context = plan.cutter().window().contextLength();
    int warmUp = plan.spec().warmUp() == 0 ? context : plan.spec().warmUp();
    return Math.max(segment.originFrom(), Math.min(warmUp, Math.max(1, segment.length() / 2)));
  }

  private static Iterator<Row> scored(Iterator<Segment> segments, DetectPlan plan) {
    Forecaster forecaster = plan.model().open();
    TaskContext.get()
        .addTaskCompletionListener((TaskCompletionListener) context -> forecaster.close());
    ResidualScan scan = scan(forecaster, plan);
    SegmentResiduals residuals = new SegmentResiduals();
    AnomalyRows rows =
        new AnomalyRows(
            plan.cutter().layout(), plan.tails(), plan.spec(), plan.probability(), plan.modelId());
    return new Iterator<>() {
      private Iterator<Row> ready = Collections.emptyIterator();

      @Override
      public boolean hasNext() {
        while (!ready.hasNext() && segments.hasNext()) {
          ready = score(segments.next()).iterator();
        }
        return ready.hasNext();
      }

      @Override
      public Row next() {
        hasNext();
        return ready.next();
      }

      private List<Row> score(Segment segment) {
        int from = firstOrigin(segment, plan);
        int to = Math.min(segment.originTo(), segment.length());
        if (from >= to) {
          return List.of();
        }
        scan.scan(segment, plan.channels(), from, to, residuals);
        return rows.rows(segment, residuals, from, to);
      }
    };
  }

  /** Which steps of a segment tell what is usual. */
  public interface CalibrationRange extends java.io.Serializable {
    /** First step, a step of the segment. */
    int from(Segment segment);

    /** End, exclusive. */
    int to(Segment segment);
  }
}

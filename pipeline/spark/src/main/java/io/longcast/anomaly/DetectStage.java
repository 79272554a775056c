package io.longcast.anomaly;

import io.longcast.clean.CleanSpec;
import io.longcast.clean.SegmentJoin;
import io.longcast.metrics.TaskCounter;
import io.longcast.model.WindowForecaster;
import io.longcast.series.MappedIterator;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.sparkinternals.rdd.Shared;
import io.longcast.sparkinternals.rdd.TaskResults;
import java.util.Iterator;
import java.util.Optional;
import org.apache.spark.HashPartitioner;
import org.apache.spark.Partitioner;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.TaskCompletionListener;
import scala.Tuple2;

/**
 * Scores every step of every series by all parts together and gathers events. A series is scored in
 * one task, in one pass in time order; the model reaches each JVM once. No shuffle, unless states
 * are given, which are joined to their series by one, or {@code anomaly.parallelChunks} is above 1:
 * see {@link ChunkStage}.
 */
public final class DetectStage {
  private DetectStage() {}

  /**
   * Scores series from their first step; the result is not kept.
   *
   * @param segments whole series
   */
  public static DetectResult score(
      SparkSession spark, JavaRDD<Segment> segments, DetectorConfig detection) {
    return result(spark, segments.map(ResumedSeries::fresh), false, detection);
  }

  /** As {@link #score}, kept until closed. */
  public static DetectResult detect(
      SparkSession spark, JavaRDD<Segment> segments, DetectorConfig detection) {
    return score(spark, segments, detection).keep();
  }

  /**
   * Goes on where an earlier run stopped: the new steps of a series with a state are joined to
   * those known, see {@link SegmentJoin}, and scored as in one pass over all steps; a series
   * without a state is scored from its first step. The result is not kept.
   *
   * @param segments whole series as the run read them, from any first step
   * @param states of {@link io.longcast.table.DetectorStatesTable}
   * @param clean how gaps between known and new steps are filled
   */
  public static DetectResult resume(
      SparkSession spark,
      JavaRDD<Segment> segments,
      Dataset<Row> states,
      CleanSpec clean,
      DetectorConfig detection) {
    SeriesLayout layout = detection.plan().cutter().layout();
    Partitioner bySeries = new HashPartitioner(segments.getNumPartitions());
    JavaPairRDD<String, Segment> series =
        segments.mapToPair(segment -> new Tuple2<>(segment.seriesId(), segment));
    JavaRDD<ResumedSeries> joined =
        TaskResults.partitioned(series, bySeries)
            .leftOuterJoin(TaskResults.partitioned(StateRows.bySeries(states), bySeries))
            .values()
            .mapPartitions(
                part -> {
                  SegmentJoin join =
                      new SegmentJoin(clean, layout.channels().size(), layout.firstKnownRow());
                  return new MappedIterator<>(
                      part, pair -> joined(join, pair._1, pair._2.orNull(), detection));
                });
    return result(spark, joined, true, detection);
  }

  private static ResumedSeries joined(
      SegmentJoin join, Segment segment, byte[] state, DetectorConfig detection) {
    if (state == null) {
      return ResumedSeries.fresh(segment);
    }
    SavedSeries saved =
        SavedSeries.fromBytes(state, detection.scores().detector(), detection.plan().channels());
    return new ResumedSeries(join.join(saved.past(), segment), state);
  }

  private static DetectResult result(
      SparkSession spark,
      JavaRDD<ResumedSeries> series,
      boolean resumed,
      DetectorConfig detection) {
    Shared<DetectorConfig> shared = Shared.of(spark.sparkContext(), detection);
    Optional<ChunkStage.Account> account =
        detection.plan().spec().parallelChunks() == 1
            ? Optional.empty()
            : Optional.of(ChunkStage.Account.of(spark.sparkContext(), detection));
    JavaRDD<ResumedSeries> fresh = resumed ? series.filter(each -> each.joined().isNew()) : series;
    JavaRDD<ScoredSeries> scored =
        account
            .map(segments -> ChunkStage.scored(fresh, shared, segments))
            .orElseGet(() -> fresh.mapPartitions(part -> scored(part, shared.value())));
    return new DetectResult(
        spark,
        resumed ? Optional.of(series) : Optional.empty(),
        scored.map(DetectStage::counted),
        detection,
        account);
  }

  private static ScoredSeries counted(ScoredSeries series) {
    TaskCounter.STEPS_SCORED.add(series.to() - series.from());
    return series;
  }

  private static Iterator<ScoredSeries> scored(
      Iterator<ResumedSeries> series, DetectorConfig detection) {
    SeriesDetection scorer = scorer(detection);
    return new MappedIterator<>(
        series, next -> scorer.score(next.segment(), next.saved(detection)));
  }

  /** For this task, with its own model that is closed with it. */
  static SeriesDetection scorer(DetectorConfig detection) {
    WindowForecaster forecaster = detection.plan().model().open();
    TaskContext.get()
        .addTaskCompletionListener((TaskCompletionListener) context -> forecaster.close());
    return new SeriesDetection(detection, forecaster);
  }
}

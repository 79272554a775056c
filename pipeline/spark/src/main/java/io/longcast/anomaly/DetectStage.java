package io.longcast.anomaly;

import io.longcast.model.Forecaster;
import io.longcast.series.MappedIterator;
import io.longcast.series.Segment;
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
    return result(
        spark, segments.map(segment -> new Tuple2<>(segment, Optional.empty())), detection);
  }

  /** As {@link #score}, kept until closed. */
  public static DetectResult detect(
      SparkSession spark, JavaRDD<Segment> segments, DetectorConfig detection) {
    return score(spark, segments, detection).keep();
  }

  /**
   * Goes on where an earlier run stopped: a series with a state is scored from the step after the
   * last one that the state has taken, others from their first. The result is not kept.
   *
   * @param segments whole series, from the same first step as in the earlier run
   * @param states of {@link io.longcast.table.DetectorStatesTable}
   */
  public static DetectResult resume(
      SparkSession spark,
      JavaRDD<Segment> segments,
      Dataset<Row> states,
      DetectorConfig detection) {
    Partitioner bySeries = new HashPartitioner(segments.getNumPartitions());
    JavaPairRDD<String, Segment> series =
        segments.mapToPair(segment -> new Tuple2<>(segment.seriesId(), segment));
    JavaRDD<Tuple2<Segment, Optional<byte[]>>> joined =
        TaskResults.partitioned(series, bySeries)
            .leftOuterJoin(TaskResults.partitioned(StateRows.bySeries(states), bySeries))
            .values()
            .map(pair -> new Tuple2<>(pair._1, Optional.ofNullable(pair._2.orNull())));
    return result(spark, joined, detection);
  }

  private static DetectResult result(
      SparkSession spark,
      JavaRDD<Tuple2<Segment, Optional<byte[]>>> series,
      DetectorConfig detection) {
    Shared<DetectorConfig> shared = Shared.of(spark.sparkContext(), detection);
    Optional<ChunkStage.Account> account =
        detection.plan().spec().parallelChunks() == 1
            ? Optional.empty()
            : Optional.of(ChunkStage.Account.of(spark.sparkContext(), detection));
    JavaRDD<ScoredSeries> scored =
        account
            .map(segments -> ChunkStage.scored(series, shared, segments))
            .orElseGet(() -> series.mapPartitions(part -> scored(part, shared.value())));
    return new DetectResult(spark, scored, detection, account);
  }

  private static Iterator<ScoredSeries> scored(
      Iterator<Tuple2<Segment, Optional<byte[]>>> series, DetectorConfig detection) {
    SeriesDetection scorer = scorer(detection);
    return new MappedIterator<>(series, next -> scorer.score(next._1, next._2));
  }

  /** For this task, with its own model that is closed with it. */
  static SeriesDetection scorer(DetectorConfig detection) {
    Forecaster forecaster = detection.plan().model().open();
    TaskContext.get()
        .addTaskCompletionListener((TaskCompletionListener) context -> forecaster.close());
    return new SeriesDetection(detection, forecaster);
  }
}

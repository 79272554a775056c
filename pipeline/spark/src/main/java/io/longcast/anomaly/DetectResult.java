package io.longcast.anomaly;

import io.longcast.sparkinternals.rdd.Kept;
import io.longcast.table.AnomaliesTable;
import io.longcast.table.DetectorStatesTable;
import io.longcast.table.RejectsTable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** Scored series, computed at every use, or once where {@link #keep} was called. */
public final class DetectResult implements AutoCloseable {
  private final SparkSession spark;
  private Optional<JavaRDD<ResumedSeries>> resumed;
  private JavaRDD<ScoredSeries> scored;
  private final DetectorConfig detection;
  private final Optional<ChunkStage.Account> segments;
  private final List<String> channels;

  DetectResult(
      SparkSession spark,
      Optional<JavaRDD<ResumedSeries>> resumed,
      JavaRDD<ScoredSeries> scored,
      DetectorConfig detection,
      Optional<ChunkStage.Account> segments) {
    this.spark = spark;
    this.resumed = resumed;
    this.scored = scored;
    this.detection = detection;
    this.segments = segments;
    channels = detection.plan().cutter().layout().channels();
  }

  /** Keeps the scores on the executors' disks until closed, so that all tables share one pass. */
  public DetectResult keep() {
    resumed = resumed.map(series -> Kept.of(series, StorageLevel.DISK_ONLY()));
    scored = Kept.of(scored, StorageLevel.DISK_ONLY());
    return this;
  }

  /** Rows of the anomalies table. */
  public Dataset<Row> anomalies() {
    AnomalyRows rows =
        new AnomalyRows(channels, detection.plan().spec().keep(), detection.modelId());
    return spark.createDataFrame(scored.flatMap(rows::of), AnomaliesTable.SCHEMA);
  }

  /**
   * Rows of the events table: all events, or those that stand where {@code anomaly.falseDiscovery}
   * is set.
   *
   * @param series in the fleet
   */
  public Dataset<Row> events(long series) {
    EventRows rows = new EventRows(channels, detection.modelId());
    Dataset<Row> all = spark.createDataFrame(scored.flatMap(rows::of), EventRows.SCHEMA);
    return FalseDiscoveryStage.standing(all, detection, series);
  }

  /** Rows of the detector states table, from which a later run can go on. */
  public Dataset<Row> states() {
    StateRows rows = new StateRows(detection.modelId());
    return spark.createDataFrame(
        scored.filter(ScoredSeries::isLast).map(rows::of), DetectorStatesTable.SCHEMA);
  }

  /**
   * Rows that came too late to be scored, and series whose new steps could not be joined to those
   * known, in the shape of {@link io.longcast.table.RejectsTable}; none in a run that scores all
   * steps.
   *
   * @param source that the rows came from
   */
  public Dataset<Row> late(String source) {
    LateRows rows = new LateRows(source, channels);
    return resumed
        .map(series -> spark.createDataFrame(series.flatMap(rows::of), RejectsTable.SCHEMA))
        .orElseGet(() -> spark.createDataFrame(List.<Row>of(), RejectsTable.SCHEMA));
  }

  /** What was done; runs a job over the scores. */
  public DetectCounts counts() {
    int count = channels.size();
    List<String> rules = detection.suppressors();
    DetectCounts found =
        scored.aggregate(
            DetectCounts.NONE,
            (sum, series) -> sum.plus(DetectCounts.of(series, count, rules)),
            DetectCounts::plus);
    return resumed
        .map(
            series ->
                found.plus(
                    series.aggregate(
                        DetectCounts.NONE,
                        (sum, each) -> sum.plus(DetectCounts.of(each.joined())),
                        DetectCounts::plus)))
        .orElse(found);
  }

  /**
   * Whether scores are approximate, and how, in words; known once one of the tables was read. Empty
   * where {@code anomaly.parallelChunks} is 1.
   */
  public Optional<String> approximation() {
    return segments.map(ChunkStage.Account::toString);
  }

  @Override
  public void close() {
    scored.unpersist(false);
    resumed.ifPresent(series -> series.unpersist(false));
  }
}

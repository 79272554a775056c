package io.longcast.anomaly;

import io.longcast.sparkinternals.rdd.Kept;
import io.longcast.table.AnomaliesTable;
import io.longcast.table.DetectorStatesTable;
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
  private JavaRDD<ScoredSeries> scored;
  private final DetectorConfig detection;
  private final Optional<ChunkStage.Account> segments;
  private final List<String> channels;

  DetectResult(
      SparkSession spark,
      JavaRDD<ScoredSeries> scored,
      DetectorConfig detection,
      Optional<ChunkStage.Account> segments) {
    this.spark = spark;
    this.scored = scored;
    this.detection = detection;
    this.segments = segments;
    channels = detection.plan().cutter().layout().channels();
  }

  /** Keeps the scores on the executors' disks until closed, so that all tables share one pass. */
  public DetectResult keep() {
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
   * Whether scores are approximate, and how, as text; known once one of the tables was read. Empty
   * where {@code anomaly.parallelChunks} is 1.
   */
  public Optional<String> approximation() {
    return segments.map(ChunkStage.Account::toString);
  }

  @Override
  public void close() {
    scored.unpersist(false);
  }
}

package io.longcast.clean;

import io.longcast.series.Frequency;
import io.longcast.series.Segment;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What cleaning gave. The series are computed at every use, or once where {@link #keep()} was
 * called.
 */
public interface CleanResult extends AutoCloseable {

  /** One whole series each, origins 0..length; only series that are kept. */
  JavaRDD<Segment> segments();

  /** The same as {@link io.longcast.series.SegmentCodec} writes them, not unpacked. */
  JavaRDD<byte[]> packed();

  /** Rejects of reading and cleaning, in the shape of {@link io.longcast.table.RejectsTable}. */
  Dataset<Row> rejects();

  /**
   * Cells of used rows that could not be read, in the shape of {@link
   * io.longcast.table.RejectedCellsTable}.
   */
  Dataset<Row> rejectedCells();

  /** What became of each series, in the shape of {@link io.longcast.table.SeriesStatusTable}. */
  Dataset<Row> statuses();

  /** Counts the rows; runs a job over the kept series. */
  RowCounts reconcile();

  /** The grid's step, declared or inferred; empty where rows are kept as they are. */
  Optional<Frequency> frequency();

  /** The codes of the static columns. */
  CategoryCodes codes();

  /**
   * Keeps the packed series on the executors' disks from their first use until {@link #close()}.
   */
  void keep();

  /** Frees the executors' disks. */
  @Override
  void close();
}

package io.longcast.flow;

import io.longcast.clean.CategoryCodes;
import io.longcast.clean.CleanResult;
import io.longcast.clean.CleanStage;
import io.longcast.clean.RowCounts;
import io.longcast.config.RunSpec;
import io.longcast.read.ReadResult;
import io.longcast.read.ReadStage;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.table.RejectsTable;
import io.longcast.table.SeriesStatusTable;
import io.longcast.write.TableSink;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;

/**
 * A source, read once and cleaned once: the series, and an account of every row. Flows that run one
 * after another on the same source share one. Close it to give back the executors' disks.
 */
public final class SeriesDataset implements AutoCloseable {
  private final ReadResult read;
  private final CleanResult clean;
  private RowCounts rows;

  private SeriesDataset(ReadResult read, CleanResult clean) {
    this.read = read;
    this.clean = clean;
  }

  /**
   * Reads the source of a run and groups it by series; series are cleaned when first used.
   *
   * @param codes of the static columns as training learnt them; empty to learn them here
   */
  public static SeriesDataset of(SparkSession spark, RunSpec run, Optional<CategoryCodes> codes) {
    ReadResult read = ReadStage.read(spark, run.source());
    return new SeriesDataset(read, CleanStage.clean(read, run.clean(), codes));
  }

  JavaRDD<Segment> segments() {
    return clean.segments();
  }

  SeriesLayout layout() {
    return read.layout();
  }

  /** The source as its tables name it. */
  String source() {
    return read.source();
  }

  CleanResult clean() {
    return clean;
  }

  /**
   * Writes rejects and statuses and closes the account; once, however many flows ask.
   *
   * @throws IllegalArgumentException if no series is left to work on
   * @throws IllegalStateException if a row is neither used nor rejected
   */
  RowCounts account(TableSink sink) {
    if (rows == null) {
      rows = written(sink);
    }
    return rows;
  }

  private RowCounts written(TableSink sink) {
    RowCounts rows = clean.reconcile();
    Map<String, String> keys = Map.of(RejectsTable.SOURCE, read.source());
    sink.replace(clean.rejects(), RejectsTable.TABLE, keys);
    sink.replace(clean.statuses(), SeriesStatusTable.TABLE, keys);
    if (!rows.balances()) {
      throw new IllegalStateException("rows are unaccounted for: " + rows);
    }
    if (rows.kept() == 0) {
      throw new IllegalArgumentException(
          "no series is left to work on: "
              + rows
              + "; the tables series_status and rejects say why");
    }
    return rows;
  }

  @Override
  public void close() {
    clean.close();
  }
}

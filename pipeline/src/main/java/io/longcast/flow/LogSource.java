package io.longcast.flow;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.longcast.anomaly.logs.LogSpec;
import io.longcast.anomaly.logs.line.LogReadStage;
import io.longcast.table.RejectsTable;
import io.longcast.write.FolderSink;
import io.longcast.write.TableSink;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The log files of a run, and an account of every line.
 *
 * @param lines entries and rejects as {@link LogReadStage} reads them
 * @param name of the source in tables
 */
record LogSource(Dataset<Row> lines, String name) {

  /** The files of a run; nothing is read yet. */
  static LogSource of(SparkSession spark, LogSpec spec) {
    return new LogSource(
        LogReadStage.read(spark, spec.paths(), spec.lines()), String.join(",", spec.paths()));
  }

  /**
   * Writes the rejects and closes the account; reads the files once, and once more to count their
   * lines without a look at them.
   *
   * @throws IllegalStateException if a line is in no entry and no reject
   */
  LogLinesAccount account(SparkSession spark, TableSink sink) {
    Observation seen = new Observation("lines");
    Column isReject = col("reason").isNotNull();
    Dataset<Row> observed =
        lines.observe(
            seen,
            sum(col("lines")).as("lines"),
            sum(when(isReject, col("lines")).otherwise(0)).as("rejected"),
            sum(when(isReject.or(col("session_id").isNotNull()), 0).otherwise(col("lines")))
                .as("without"));
    sink.replace(
        rejects(observed.filter(isReject)), RejectsTable.TABLE, Map.of(RejectsTable.SOURCE, name));
    Map<String, Object> sums = sums(seen);
    long read = FolderSink.read(spark, "text", name.split(",")).count();
    long all = number(sums.get("lines"));
    long rejected = number(sums.get("rejected"));
    long without = number(sums.get("without"));
    LogLinesAccount account =
        new LogLinesAccount(read, all - rejected - without, without, rejected);
    if (!account.balances()) {
      throw new IllegalStateException("lines are unaccounted for: " + account);
    }
    return account;
  }

  private static Map<String, Object> sums(Observation seen) {
    try {
      return seen.getAsJava();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the lines were counted", e);
    }
  }

  private static long number(Object sum) {
    return sum == null ? 0 : ((Number) sum).longValue();
  }

  private Dataset<Row> rejects(Dataset<Row> rejected) {
    return RejectsTable.TABLE.select(
        rejected
            .withColumn(RejectsTable.SOURCE, lit(name))
            .withColumn(RejectsTable.STAGE, lit("read"))
            .withColumn(
                RejectsTable.FILE, concat(col("source_file"), lit("#"), col("source_offset")))
            .withColumn(RejectsTable.SERIES_ID, col("session_id"))
            .withColumn(RejectsTable.RECORD, col("line")));
  }
}

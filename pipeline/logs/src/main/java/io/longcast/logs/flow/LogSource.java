package io.longcast.logs.flow;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;

import io.longcast.logs.LogLineCounts;
import io.longcast.logs.LogSpec;
import io.longcast.logs.line.LogReadStage;
import io.longcast.metrics.RunCounter;
import io.longcast.table.RejectsTable;
import io.longcast.write.TableSink;
import java.util.List;
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
 * @param spec says which files they are of
 */
record LogSource(Dataset<Row> lines, LogSpec spec) {
  private static final Column IS_REJECT = col("reject").isNotNull();

  /** The files of a run; see {@link LogReadStage#read} for what is read at once. */
  static LogSource of(SparkSession spark, LogSpec spec) {
    return new LogSource(LogReadStage.read(spark, spec.paths(), spec.lines(), spec.files()), spec);
  }

  /** The source as its tables name it. */
  private String name() {
    return String.join(",", spec.paths());
  }

  /**
   * Writes the rejects and closes the account; reads the files once, and once more to count their
   * lines without a look at them. A log without rejects is read once more: Spark replans an empty
   * write, and its observed metrics are never reported.
   *
   * @throws IllegalStateException if a line is in no entry and no reject
   * @throws io.longcast.settings.SettingException if no line is of a session
   */
  LogLineCounts account(SparkSession spark, TableSink sink) {
    Observation seen = new Observation("lines");
    List<Column> sums = LogLineCounts.sums();
    Dataset<Row> observed =
        lines.observe(seen, sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new));
    sink.replace(
        rejects(observed.filter(IS_REJECT)),
        RejectsTable.TABLE,
        Map.of(RejectsTable.SOURCE, name()));
    LogLineCounts account =
        (hasRejects(sink) ? LogLineCounts.of(observed(seen)::get) : LogLineCounts.of(lines))
            .withRead(LogReadStage.count(spark, spec.paths(), spec.files()));
    if (!account.balances()) {
      throw new IllegalStateException("line counts do not add up: " + account);
    }
    RunCounter.LOG_LINES_READ.add(account.read());
    RunCounter.LOG_LINES_REJECTED.add(account.rejected());
    account.requireUsed();
    return account;
  }

  private boolean hasRejects(TableSink sink) {
    return !sink.read(RejectsTable.TABLE).where(col(RejectsTable.SOURCE).equalTo(name())).isEmpty();
  }

  private static Map<String, Object> observed(Observation seen) {
    try {
      return seen.getAsJava();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the lines were counted", e);
    }
  }

  private Dataset<Row> rejects(Dataset<Row> rejected) {
    return RejectsTable.TABLE.select(
        rejected
            .withColumn(RejectsTable.SOURCE, lit(name()))
            .withColumn(RejectsTable.STAGE, lit("read"))
            .withColumn(
                RejectsTable.FILE, concat(col("source_file"), lit("#"), col("source_offset")))
            .withColumn(RejectsTable.SERIES_ID, col("session_id"))
            .withColumn(RejectsTable.RECORD, col("line")));
  }
}

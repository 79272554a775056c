package io.longcast.logs.flow;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.longcast.logs.LogSpec;
import io.longcast.logs.line.LogReadStage;
import io.longcast.table.RejectsTable;
import io.longcast.table.SnapshotFiles;
import io.longcast.write.TableSink;
import java.util.HashMap;
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
 * @param paths of the files
 */
record LogSource(Dataset<Row> lines, List<String> paths) {
  private static final Column IS_REJECT = col("reason").isNotNull();
  private static final Column LINES = sum(col("lines")).as("lines");
  private static final Column REJECTED =
      sum(when(IS_REJECT, col("lines")).otherwise(0)).as("rejected");
  private static final Column WITHOUT =
      sum(when(IS_REJECT.or(col("session_id").isNotNull()), 0).otherwise(col("lines")))
          .as("without");

  /** The files of a run; nothing is read yet. */
  static LogSource of(SparkSession spark, LogSpec spec) {
    return new LogSource(LogReadStage.read(spark, spec.paths(), spec.lines()), spec.paths());
  }

  /** The source as its tables name it. */
  private String name() {
    return String.join(",", paths);
  }

  /**
   * Writes the rejects and closes the account; reads the files once, and once more to count their
   * lines without a look at them. A log without rejects is read once more: Spark plans an empty
   * write anew, and what was to be observed in it is never reported.
   *
   * @throws IllegalStateException if a line is in no entry and no reject
   */
  LogLineCounts account(SparkSession spark, TableSink sink) {
    Observation seen = new Observation("lines");
    Dataset<Row> observed = lines.observe(seen, LINES, REJECTED, WITHOUT);
    sink.replace(
        rejects(observed.filter(IS_REJECT)),
        RejectsTable.TABLE,
        Map.of(RejectsTable.SOURCE, name()));
    Map<String, Object> sums = hasRejects(sink) ? observed(seen) : summed();
    long read = linesOfFiles(spark);
    long rejected = number(sums.get("rejected"));
    long without = number(sums.get("without"));
    long used = number(sums.get("lines")) - rejected - without;
    LogLineCounts account = new LogLineCounts(read, used, without, rejected);
    if (!account.balances()) {
      throw new IllegalStateException("lines are unaccounted for: " + account);
    }
    return account;
  }

  private boolean hasRejects(TableSink sink) {
    return !sink.read(RejectsTable.TABLE).where(col(RejectsTable.SOURCE).equalTo(name())).isEmpty();
  }

  private Map<String, Object> summed() {
    Row sums = lines.agg(LINES, REJECTED, WITHOUT).head();
    Map<String, Object> byName = new HashMap<>();
    for (String name : sums.schema().fieldNames()) {
      byName.put(name, sums.getAs(name));
    }
    return byName;
  }

  private long linesOfFiles(SparkSession spark) {
    return spark
        .read()
        .option("recursiveFileLookup", true)
        .textFile(
            SnapshotFiles.plain(spark.sessionState().newHadoopConf(), paths).toArray(String[]::new))
        .count();
  }

  private static Map<String, Object> observed(Observation seen) {
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
            .withColumn(RejectsTable.SOURCE, lit(name()))
            .withColumn(RejectsTable.STAGE, lit("read"))
            .withColumn(
                RejectsTable.FILE, concat(col("source_file"), lit("#"), col("source_offset")))
            .withColumn(RejectsTable.SERIES_ID, col("session_id"))
            .withColumn(RejectsTable.RECORD, col("line")));
  }
}

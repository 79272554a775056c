package io.longcast.logs.flow;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.longcast.config.RunSpec;
import io.longcast.flow.ModelStore;
import io.longcast.logs.LogDetectStage;
import io.longcast.logs.LogLineCounts;
import io.longcast.logs.LogModel;
import io.longcast.logs.LogModelFiles;
import io.longcast.logs.LogSpec;
import io.longcast.logs.LogValuesStage;
import io.longcast.logs.table.LogAnomaliesTable;
import io.longcast.logs.table.TemplatesTable;
import io.longcast.metrics.RunCounter;
import io.longcast.model.bundle.ModelBundle;
import io.longcast.pipeline.StageClock;
import io.longcast.table.TableShape;
import io.longcast.write.FolderSink;
import io.longcast.write.TableSink;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** Judges the sessions of a log. */
public final class LogDetectFlow {
  private static final int TOP = 10;

  private LogDetectFlow() {}

  /**
   * What was done.
   *
   * @param modelId the model
   * @param lines account of the input lines
   * @param anomalies abnormal sessions of the log
   * @param top the sessions with the highest scores, at most ten
   * @param unmatched lines of sessions that fit no template of the model
   * @param seconds by stage
   */
  public record Outcome(
      String modelId,
      LogLineCounts lines,
      long anomalies,
      List<Scored> top,
      long unmatched,
      Map<String, Double> seconds) {}

  /**
   * A session of the table log_anomalies.
   *
   * @param sessionId the session
   * @param score in [0, 1]
   * @param reason in words
   */
  public record Scored(String sessionId, double score, String reason) {}

  /**
   * Reads the log, scores it by the promoted model, and writes the table log_anomalies: rows of
   * sessions that the log holds are replaced, and where they are normal now withdrawn; rows of
   * other sessions stay, unless {@code anomaly.resume} is off.
   */
  public static Outcome run(SparkSession spark, RunSpec run, StageClock clock) {
    return run(spark, run, new ModelStore(spark, run).latestBundle(), clock);
  }

  /** The same by a model that need not be promoted. */
  public static Outcome run(SparkSession spark, RunSpec run, ModelBundle bundle, StageClock clock) {
    TableSink sink =
        TableSink.open(spark, run.output(), LogAnomaliesTable.TABLE, TemplatesTable.TABLE);
    LogModel model = LogModelFiles.read(bundle);
    String id = bundle.manifest().modelId();
    LogSource source = LogSource.of(spark, run.section(LogSpec.class));
    LogLineCounts account = clock.time("read", () -> source.account(spark, sink));
    Found found = clock.time("detect", () -> write(sink, source, model, id, run));
    if (run.section(LogSpec.class).values()) {
      clock.time(
          "values",
          () ->
              FolderSink.overwrite(
                  LogValuesStage.values(
                      source.lines(), model, run.section(LogSpec.class).valuesBy()),
                  "parquet",
                  run.output().table("log_values")));
    }
    RunCounter.LOG_SESSIONS_ABNORMAL.add(found.anomalies());
    return new Outcome(
        id, account, found.anomalies(), found.top(), found.unmatched(), clock.seconds());
  }

  /** What is said of the rows of a run. */
  private record Found(long anomalies, long unmatched, List<Scored> top) {}

  /** Rows of the model of sessions that the log does not hold stay, if the run goes on. */
  private static Found write(
      TableSink sink, LogSource source, LogModel model, String id, RunSpec run) {
    TableShape table = LogAnomaliesTable.TABLE;
    Map<String, String> keys = Map.of(LogAnomaliesTable.MODEL_ID, id);
    boolean resumes = run.anomaly().resume();
    // Few; read before a stream that writes the table replaces its files.
    Dataset<Row> told = told(sink, id).persist(StorageLevel.DISK_ONLY());
    Dataset<Row> found =
        LogDetectStage.detect(
                source.lines(),
                Optional.of(told).filter(all -> resumes && all.count() > 0),
                model,
                id)
            .persist(StorageLevel.DISK_ONLY());
    try {
      if (resumes) {
        sink.merge(found, table, keys, table.key());
      } else {
        sink.replace(found, table, keys);
      }
      return found(found.where(col(LogAnomaliesTable.IS_ANOMALY)));
    } finally {
      found.unpersist();
      told.unpersist();
    }
  }

  private static Dataset<Row> told(TableSink sink, String id) {
    return sink.read(LogAnomaliesTable.TABLE)
        .where(col(LogAnomaliesTable.MODEL_ID).equalTo(id))
        .where(col(LogAnomaliesTable.IS_ANOMALY))
        .select(LogAnomaliesTable.SESSION_ID, LogAnomaliesTable.START);
  }

  private static Found found(Dataset<Row> found) {
    Row counts =
        found.agg(count(lit(1)), coalesce(sum(LogAnomaliesTable.UNMATCHED), lit(0L))).head();
    return new Found(counts.getLong(0), counts.getLong(1), top(found));
  }

  private static List<Scored> top(Dataset<Row> found) {
    return found
        .orderBy(col(LogAnomaliesTable.ANOMALY_SCORE).desc(), col(LogAnomaliesTable.SESSION_ID))
        .limit(TOP)
        .select(
            LogAnomaliesTable.SESSION_ID, LogAnomaliesTable.ANOMALY_SCORE, LogAnomaliesTable.REASON)
        .collectAsList()
        .stream()
        .map(row -> new Scored(row.getString(0), row.getDouble(1), row.getString(2)))
        .toList();
  }
}

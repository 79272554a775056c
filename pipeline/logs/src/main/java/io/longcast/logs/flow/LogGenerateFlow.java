package io.longcast.logs.flow;

import io.longcast.config.RunSpec;
import io.longcast.logs.LogSpec;
import io.longcast.logs.generate.LogGenerateSpec;
import io.longcast.logs.generate.LogGenerateStage;
import io.longcast.write.FolderSink;
import org.apache.spark.sql.SparkSession;

/** Writes the generated log of a fleet and the labels of its faults. */
public final class LogGenerateFlow {
  private LogGenerateFlow() {}

  /**
   * What was written.
   *
   * @param log folder of the lines: the first of the run's paths
   * @param labels folder of the labels, Parquet
   * @param lines in the log
   * @param faults labelled
   */
  public record Written(String log, String labels, long lines, long faults) {}

  /** Writes lines and labels, each at once in place of what was there. */
  public static Written run(SparkSession spark, RunSpec run) {
    LogGenerateSpec spec = run.section(LogSpec.class).generate();
    String log = run.section(LogSpec.class).paths().get(0);
    String labels = labels(run);
    FolderSink.overwrite(LogGenerateStage.lines(spark, spec), "text", log);
    FolderSink.overwrite(LogGenerateStage.labels(spark, spec), "parquet", labels);
    return new Written(
        log,
        labels,
        FolderSink.read(spark, "text", log).count(),
        FolderSink.read(spark, "parquet", labels).count());
  }

  static String labels(RunSpec run) {
    return run.output().table("log_labels");
  }
}

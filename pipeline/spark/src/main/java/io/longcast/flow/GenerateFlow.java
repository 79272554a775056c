package io.longcast.flow;

import io.longcast.generate.GenerateSpec;
import io.longcast.generate.GenerateStage;
import io.longcast.write.FolderSink;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Writes a generated fleet: its observations, dirty ones as raw text, and its labels. */
public final class GenerateFlow {
  private GenerateFlow() {}

  /**
   * What was written.
   *
   * @param observations folder of the table to read; JSON lines of text where rows are dirty, else
   *     Parquet
   * @param format its format
   * @param labels folder of the labelled intervals, Parquet
   */
  public record Written(String observations, String format, String labels) {}

  /**
   * Writes {@code observations} and {@code labels} below a folder, each at once in place of what
   * was there.
   *
   * @param folder on any Hadoop file system
   */
  public static Written run(SparkSession spark, GenerateSpec spec, String folder) {
    boolean dirty = spec.dirty() > 0;
    Dataset<Row> rows =
        dirty ? GenerateStage.raw(spark, spec) : GenerateStage.generate(spark, spec);
    String format = dirty ? "json" : "parquet";
    Written written = new Written(folder + "/observations", format, folder + "/labels");
    FolderSink.overwrite(rows, format, written.observations());
    FolderSink.overwrite(GenerateStage.labels(spark, spec), "parquet", written.labels());
    return written;
  }
}

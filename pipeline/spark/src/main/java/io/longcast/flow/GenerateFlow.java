package io.longcast.flow;

import io.longcast.generate.GenerateSpec;
import io.longcast.generate.GenerateStage;
import io.longcast.write.FolderSink;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Writes a generated fleet: its observations, dirty ones in columns of text, and its labels. */
public final class GenerateFlow {
  private static final String FORMAT = "parquet";

  private GenerateFlow() {}

  /**
   * What was written.
   *
   * @param observations folder of the table to read: {@code source.paths} of the reference
   * @param format its format, that of the reference whether rows are dirty or not
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
    Written written = new Written(folder + "/observations", FORMAT, folder + "/labels");
    FolderSink.overwrite(rows, FORMAT, written.observations());
    FolderSink.overwrite(GenerateStage.labels(spark, spec), FORMAT, written.labels());
    return written;
  }
}

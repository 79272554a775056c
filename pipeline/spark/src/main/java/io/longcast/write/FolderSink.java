package io.longcast.write;

import io.longcast.files.FolderSystem;
import io.longcast.files.WriterLock;
import io.longcast.sparkinternals.EngineSession;
import io.longcast.table.SnapshotFiles;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Writes a folder of rows in place of what was there, all at once: for tables that a run replaces
 * completely as a whole and that plain readers read, such as generated samples.
 */
public final class FolderSink {
  private FolderSink() {}

  /**
   * Replaces the rows of a folder; what was there stays readable until the new rows have taken its
   * place, and where writing fails. By a rename where the file system renames in one step;
   * elsewhere by a snapshot, which sources and {@link TableReader} read.
   *
   * @param rows computed once
   * @param format a Spark format that keeps files
   * @param folder on any Hadoop file system
   * @throws IllegalStateException if another run writes there and does not end
   */
  public static void overwrite(Dataset<?> rows, String format, String folder) {
    Path path = new Path(folder);
    FolderSystem files = FolderSystem.of(EngineSession.hadoopConf(rows.sparkSession()), path);
    TableFolder table = TableFolder.at(files, path, CommitProtocol.AUTO, step -> {});
    try (WriterLock lock = WriterLock.take(files, path, WriterLock.PATIENCE)) {
      table.settle();
      Path staging = table.staging();
      try {
        rows.write().format(format).save(staging.toString());
        lock.requireHeld();
        table.publish(staging, List.of(""));
      } finally {
        table.discard(staging);
      }
    }
  }

  /**
   * The rows of folders that were written so, or plainly, without partitions.
   *
   * @param format a Spark format that keeps files
   * @param paths folders, files or patterns
   */
  public static Dataset<Row> read(SparkSession spark, String format, String... paths) {
    List<String> plain = SnapshotFiles.plain(EngineSession.hadoopConf(spark), List.of(paths));
    return spark.read().format(format).load(plain.toArray(String[]::new));
  }
}

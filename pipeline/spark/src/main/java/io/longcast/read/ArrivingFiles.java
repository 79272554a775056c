package io.longcast.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Paths of a source as Spark's stream of files takes them. */
public final class ArrivingFiles {
  private static final Pattern LAST = Pattern.compile("(?s)(.*)([^\\[\\]{}*?\\\\^!-])([^/]*)");

  private static final Pattern GLOB = Pattern.compile("[{}\\[\\]*?\\\\]");

  private ArrivingFiles() {}

  /**
   * The path to load. Spark's stream takes a path for the folder that partitions lie in, and fails
   * in its first micro-batch where it is a file; a glob it takes as it is. The path of a file
   * becomes the glob that matches this file alone.
   *
   * @param path of a folder, a file or a glob
   */
  public static String path(SparkSession spark, String path) {
    Path here = new Path(path);
    if (GLOB.matcher(here.toString()).find()) {
      return path;
    }
    try {
      FileSystem files = here.getFileSystem(spark.sparkContext().hadoopConfiguration());
      if (!files.exists(here)) {
        return path;
      }
      FileStatus status = files.getFileStatus(here);
      return status.isFile() ? LAST.matcher(path).replaceFirst("$1[$2]$3") : path;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at " + path + ": " + e.getMessage(), e);
    }
  }
}

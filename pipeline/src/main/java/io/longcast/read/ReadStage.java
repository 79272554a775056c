package io.longcast.read;

import org.apache.spark.sql.SparkSession;

/** Reads a source. No shuffle; the rows are scanned by whoever runs the result. */
public final class ReadStage {

  private ReadStage() {}

  /**
   * Opens a source, checks its paths, files and columns, and describes its rows.
   *
   * @throws IllegalArgumentException if a path is absent, a file is unreadable, a column is missing
   *     or of a type that cannot serve; the message names each
   */
  public static ReadResult read(SparkSession spark, SourceSpec source) {
    throw new UnsupportedOperationException("landing in parts");
  }
}

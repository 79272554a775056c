package io.longcast.write;

import io.longcast.table.TableShape;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Writes tables so that they change whole or not at all. */
public final class TableSink {

  private final SparkSession spark;
  private final OutputSpec output;

  private TableSink(SparkSession spark, OutputSpec output) {
    this.spark = spark;
    this.output = output;
  }

  /**
   * Opens an output before any work starts: checks that it can be written to and finishes or undoes
   * what a killed writer left.
   *
   * @throws IllegalArgumentException if the output cannot be written to, or not safely; the message
   *     says why
   */
  public static TableSink open(SparkSession spark, OutputSpec output) {
    return new TableSink(spark, output);
  }

  /**
   * Replaces the rows of a table that carry the run's keys by new ones and keeps all others.
   *
   * @param rows the new rows; every one carries the keys
   * @param table the table's shape; the rows must have its columns
   * @param keys column and value, such as {@code model_id}
   */
  public void replace(Dataset<Row> rows, TableShape table, Map<String, String> keys) {
    throw new UnsupportedOperationException(
        "landing in parts: " + output.table(table.name()) + spark.version() + keys + rows);
  }
}

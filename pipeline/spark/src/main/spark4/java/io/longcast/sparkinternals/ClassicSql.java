package io.longcast.sparkinternals;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.Map;

/**
 * What Spark 4 keeps to itself of its sessions and tables: those of the package {@code classic}.
 * Spark Connect's have none of it.
 */
public final class ClassicSql {
  private ClassicSql() {}

  /** The plans of a table. */
  public static QueryExecution execution(Dataset<?> table) {
    return classic(table).queryExecution();
  }

  /** The Hadoop settings of a session. */
  static Configuration hadoopConf(SparkSession spark) {
    return classic(spark).sessionState().newHadoopConf();
  }

  /** The Hadoop settings of a session, over them those of a reader. */
  public static Configuration hadoopConf(SparkSession spark, Map<String, String> options) {
    return classic(spark).sessionState().newHadoopConfWithOptions(options);
  }

  /** A session of its own with copies of the settings and views. */
  static SparkSession copyOf(SparkSession spark) {
    return classic(spark).cloneSession();
  }

  /** A table of a plan. */
  static Dataset<Row> table(SparkSession spark, LogicalPlan plan) {
    return org.apache.spark.sql.classic.Dataset.ofRows(classic(spark), plan);
  }

  /** A table of rows in Spark's own format. */
  static Dataset<Row> table(SparkSession spark, RDD<InternalRow> rows, StructType schema) {
    return classic(spark).internalCreateDataFrame(rows, schema, false);
  }

  private static org.apache.spark.sql.classic.SparkSession classic(SparkSession spark) {
    if (spark instanceof org.apache.spark.sql.classic.SparkSession session) {
      return session;
    }
    throw onConnect(spark);
  }

  private static org.apache.spark.sql.classic.Dataset<?> classic(Dataset<?> table) {
    if (table instanceof org.apache.spark.sql.classic.Dataset<?> dataset) {
      return dataset;
    }
    throw onConnect(table);
  }

  private static IllegalArgumentException onConnect(Object found) {
    return new IllegalArgumentException(
        "Longcast needs a session that runs in this JVM, found one of Spark Connect ("
            + found.getClass().getName()
            + "); set spark.api.mode = classic");
  }
}

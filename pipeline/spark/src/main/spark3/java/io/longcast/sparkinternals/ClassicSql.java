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

/** What Spark 3.5 keeps to itself of its sessions and tables. */
public final class ClassicSql {
  private ClassicSql() {}

  /** The plans of a table. */
  public static QueryExecution execution(Dataset<?> table) {
    return table.queryExecution();
  }

  /** The Hadoop settings of a session. */
  static Configuration hadoopConf(SparkSession spark) {
    return spark.sessionState().newHadoopConf();
  }

  /** The Hadoop settings of a session, over them those of a reader. */
  public static Configuration hadoopConf(SparkSession spark, Map<String, String> options) {
    return spark.sessionState().newHadoopConfWithOptions(options);
  }

  /** A session of its own with copies of the settings and views. */
  static SparkSession copyOf(SparkSession spark) {
    return spark.cloneSession();
  }

  /** A table of a plan. */
  static Dataset<Row> table(SparkSession spark, LogicalPlan plan) {
    return Dataset.ofRows(spark, plan);
  }

  /** A table of rows in Spark's own format. */
  static Dataset<Row> table(SparkSession spark, RDD<InternalRow> rows, StructType schema) {
    return spark.internalCreateDataFrame(rows, schema, false);
  }
}

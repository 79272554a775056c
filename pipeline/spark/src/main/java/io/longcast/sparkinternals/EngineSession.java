package io.longcast.sparkinternals;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What only Spark SQL itself does with sessions. */
public final class EngineSession {
  /** Above how many bytes of bytecode Spark does not fuse a stage's expressions into one method. */
  public static final String CODEGEN_LIMIT = "spark.sql.codegen.hugeMethodLimit";

  /**
   * HotSpot interprets methods above this size for ever, see {@code -XX:HugeMethodLimit}. Spark's
   * own default is the largest method there can be.
   */
  public static final String COMPILED_BYTES = "8000";

  private EngineSession() {}

  /** The Hadoop settings of a session: those of its context, over them the session's own. */
  public static Configuration hadoopConf(SparkSession spark) {
    return ClassicSql.hadoopConf(spark);
  }

  /** A session with separate settings and temporary views, which begin as copies of the other's. */
  public static SparkSession copyOf(SparkSession spark) {
    return ClassicSql.copyOf(spark);
  }

  /** Whether a setting was given a value, be it Spark's default. */
  public static boolean sets(SparkSession spark, String key) {
    return spark.conf().getAll().contains(key);
  }

  /** The same table in another session of the same context; it is not computed. */
  public static Dataset<Row> in(SparkSession spark, Dataset<?> table) {
    return ClassicSql.table(spark, ClassicSql.execution(table).analyzed());
  }
}

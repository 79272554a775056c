package io.longcast.testing;

import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** One local Spark session for all the tests of a JVM; starting one takes seconds. */
public final class SharedSession {
  private static SparkSession session;

  private SharedSession() {}

  /** The session, started at the first call: local[2], UTC, no web page. */
  public static synchronized SparkSession get() {
    if (session == null) {
      session =
          SparkSession.builder()
              .master("local[2]")
              .appName("longcast tests")
              .config("spark.ui.enabled", "false")
              .config("spark.driver.host", "127.0.0.1")
              .config("spark.driver.bindAddress", "127.0.0.1")
              .config("spark.sql.session.timeZone", "UTC")
              .config("spark.sql.shuffle.partitions", "4")
              .getOrCreate();
    }
    return session;
  }

  /** What the session holds in its cache, by id; nothing before its start. */
  public static synchronized Map<Integer, JavaRDD<?>> cached() {
    return session == null
        ? Map.of()
        : Map.copyOf(JavaSparkContext.fromSparkContext(session.sparkContext()).getPersistentRDDs());
  }
}

package io.longcast.jobs;

import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.package$;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says plainly when client and cluster do not run the same Spark. */
final class ClusterCheck {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterCheck.class);

  private ClusterCheck() {}

  /**
   * Compares the Spark we were built with, the client's, and each executor's.
   *
   * @throws IllegalArgumentException if an executor runs another version than the client
   */
  static void require(SparkSession session) {
    String client = Versions.runningSpark();
    if (!line(client).equals(line(Versions.builtWithSpark()))) {
      LOG.warn(
          "Longcast was built for Spark {}, but runs on Spark {}",
          Versions.builtWithSpark(),
          client);
    }
    if (session.sparkContext().isLocal()) {
      return;
    }
    requireSame(client, executorVersions(session));
  }

  /**
   * Compares versions to the patch: the wire's classes may differ between two patches.
   *
   * @param client its version
   * @param executors theirs
   */
  static void requireSame(String client, List<String> executors) {
    TreeSet<String> others = new TreeSet<>(executors);
    others.remove(client);
    if (!others.isEmpty()) {
      throw new IllegalArgumentException(
          "the client runs Spark "
              + client
              + ", the cluster "
              + String.join(" and ", others)
              + "; set SPARK_HOME to a client of the cluster's version");
    }
  }

  private static List<String> executorVersions(SparkSession session) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    int tasks = Math.max(2, spark.defaultParallelism());
    return spark
        .parallelize(Collections.nCopies(tasks, 0), tasks)
        .map(ignored -> package$.MODULE$.SPARK_VERSION())
        .distinct()
        .collect();
  }

  /** {@code 3.5} of {@code 3.5.7}: patches of one line understand each other. */
  private static String line(String version) {
    return version.replaceFirst("^(\\d+\\.\\d+).*$", "$1");
  }
}

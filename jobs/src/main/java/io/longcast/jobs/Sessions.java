package io.longcast.jobs;

import io.longcast.config.Secrets;
import io.longcast.files.PosixLocalFileSystem;
import io.longcast.metrics.LongcastPlugin;
import io.longcast.sparkinternals.SparkBuild;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts Spark with the settings every run needs; other settings of the user are kept. */
final class Sessions {
  /** Of an executor's JVM, as in {@code conf/spark.conf}, which says why. */
  static final String EXECUTOR_FLAGS =
      "-XX:+UseParallelGC"
          + " -Dorg.bytedeco.javacpp.maxbytes=25% -Dorg.bytedeco.javacpp.maxphysicalbytes=0"
          + " --add-modules=jdk.incubator.vector"
          + " -Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0"
          + " -Dorg.deeplearning4j.spark.time.TimeSource="
          + "org.deeplearning4j.spark.time.SystemClockTimeSource";

  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
  private static final String SERIALIZER = "spark.serializer";
  private static final String JAVA = "org.apache.spark.serializer.JavaSerializer";

  /** On in Spark 4: a text that is no number would end the run in place of becoming a reject. */
  private static final String ANSI = "spark.sql.ansi.enabled";

  private static final Map<String, String> DELTA =
      Map.of(
          "spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension",
          "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");

  private Sessions() {}

  /**
   * A session on the master named here, else on that of spark-submit, else on all local cores.
   *
   * @param delta whether the run reads or writes Delta tables
   */
  static SparkSession start(String name, Optional<String> master, boolean delta) {
    SparkBuild.requireRunning();
    SparkConf conf = conf(name, master, delta);
    TemporaryFiles.settings(conf).forEach(conf::set);
    SparkSession session = SparkSession.builder().config(conf).getOrCreate();
    TemporaryFiles.closeToOthers();
    ClusterCheck.require(session);
    return session;
  }

  /** The user's settings and those that a run needs. */
  static SparkConf conf(String name, Optional<String> master, boolean delta) {
    SparkConf conf = new SparkConf();
    master.ifPresent(conf::setMaster);
    conf.setIfMissing("spark.master", "local[*]");
    conf.setIfMissing("spark.app.name", "longcast " + name);
    settings(conf.get("spark.master")).forEach(conf::setIfMissing);
    serializeByJava(conf);
    conf.set(ANSI, "false");
    Secrets.sparkSettings(key -> conf.get(key, null)).forEach(conf::set);
    LongcastPlugin.into(conf);
    if (delta) {
      DELTA.forEach(conf::setIfMissing);
    }
    return conf;
  }

  /** Spark's Kryo cannot take records apart, of which tasks and broadcasts are made. */
  static void serializeByJava(SparkConf conf) {
    String found = conf.get(SERIALIZER, JAVA);
    if (!found.equals(JAVA)) {
      LOG.warn("{} = {} is ignored for this run: Longcast needs {}", SERIALIZER, found, JAVA);
    }
    conf.set(SERIALIZER, JAVA);
  }

  /** What a run on this master needs; a cluster keeps its web page, where its people look. */
  static Map<String, String> settings(String master) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("spark.sql.session.timeZone", "UTC");
    settings.put("spark.ui.showConsoleProgress", "false");
    settings.put("spark.executorEnv.OMP_NUM_THREADS", "1");
    settings.put("spark.executor.extraJavaOptions", EXECUTOR_FLAGS);
    if (master.startsWith("local")) {
      settings.put("spark.ui.enabled", "false");
    }
    if (master.matches("local(\\[.*)?")) {
      settings.put("spark.driver.host", "127.0.0.1");
      settings.put("spark.driver.bindAddress", "127.0.0.1");
      // A user's core-site.xml may name a class too.
      if (new Configuration().get(PosixLocalFileSystem.SETTING) == null) {
        String key = "spark.hadoop." + PosixLocalFileSystem.SETTING;
        settings.put(key, PosixLocalFileSystem.class.getName());
      }
    }
    return settings;
  }
}

package io.longcast.sparkinternals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.apache.spark.package$;

/** The Spark that this jar was built for: each major version of Spark has a build of its own. */
public final class SparkBuild {
  private static final Properties BUILD = read();

  private SparkBuild() {}

  /**
   * Refuses a Spark of another major version or for another Scala, where classes are missing.
   *
   * @throws IllegalArgumentException with both versions and the jar that is needed
   */
  public static void requireRunning() {
    require(package$.MODULE$.SPARK_VERSION(), scala.util.Properties.versionNumberString());
  }

  static void require(String spark, String scala) {
    String forScala = BUILD.getProperty("scala");
    if (!major(spark).equals(major(version())) || !scala.startsWith(forScala + ".")) {
      throw new IllegalArgumentException(
          "%s is built for Spark %s with Scala %s, found Spark %s with Scala %s; %s"
              .formatted(
                  BUILD.getProperty("jar"),
                  version(),
                  forScala,
                  spark,
                  scala,
                  "Spark 3.5 with Scala 2.12 needs longcast.jar, Spark 4 with Scala 2.13 needs"
                      + " longcast-spark4.jar (mvn package -Pspark4)"));
    }
  }

  private static String major(String version) {
    return version.substring(0, Math.max(0, version.indexOf('.')));
  }

  /** The version of Spark that it was built with. */
  public static String version() {
    return BUILD.getProperty("spark");
  }

  /** The package of Spark's Kafka connector for {@code --packages}. */
  public static String kafkaPackage() {
    return ofSpark("spark-sql-kafka-0-10");
  }

  private static String ofSpark(String name) {
    return "org.apache.spark:%s_%s:%s"
        .formatted(name, BUILD.getProperty("scala"), package$.MODULE$.SPARK_VERSION());
  }

  /** Spark's package for Avro for {@code --packages}. */
  public static String avroPackage() {
    return ofSpark("spark-avro");
  }

  /** The package of Delta for {@code --packages}. */
  public static String deltaPackage() {
    return "io.delta:delta-spark_%s:%s"
        .formatted(BUILD.getProperty("scala"), BUILD.getProperty("delta"));
  }

  private static Properties read() {
    Properties build = new Properties();
    try (InputStream in = SparkBuild.class.getResourceAsStream("build.properties")) {
      build.load(in);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return build;
  }
}

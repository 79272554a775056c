package io.longcast.jobs;

import io.longcast.sparkinternals.SparkBuild;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.apache.spark.package$;
import picocli.CommandLine.IVersionProvider;

/** Versions: ours, the Spark we were built with, the Spark we run on. */
final class Versions implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {
      "Longcast " + built("version"),
      "built with Spark " + builtWithSpark() + ", running on Spark " + runningSpark(),
      "Java " + Runtime.version()
    };
  }

  static String builtWithSpark() {
    return SparkBuild.version();
  }

  static String runningSpark() {
    return package$.MODULE$.SPARK_VERSION();
  }

  private static String built(String key) {
    Properties build = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream("build.properties")) {
      build.load(in);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return build.getProperty(key);
  }
}

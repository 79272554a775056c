package io.longcast.jobs;

import java.net.URI;
import java.net.URISyntaxException;
import org.apache.logging.log4j.core.config.Configurator;

/** Puts our log settings in place of Spark's, unless the user has named settings of his own. */
final class QuietLogs {
  private static final String CONFIGURATION = "log4j2.configurationFile";

  private QuietLogs() {}

  static void install() {
    if (System.getProperty(CONFIGURATION) != null
        || System.getProperty("log4j.configurationFile") != null) {
      return;
    }
    if (isSubmitted()) {
      Configurator.reconfigure(settings());
    } else {
      // Log4j starts with the first line that is logged; help and mistakes in settings have none.
      System.setProperty(CONFIGURATION, settings().toString());
    }
  }

  /** Under spark-submit, which loads this class in a loader of its own, Log4j is running. */
  private static boolean isSubmitted() {
    return QuietLogs.class.getClassLoader() != ClassLoader.getSystemClassLoader();
  }

  private static URI settings() {
    try {
      return QuietLogs.class.getResource("log4j2.properties").toURI();
    } catch (URISyntaxException broken) {
      throw new IllegalStateException(
          "the log4j configuration of Longcast is missing from the jar", broken);
    }
  }
}

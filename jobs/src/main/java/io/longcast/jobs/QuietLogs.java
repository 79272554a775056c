package io.longcast.jobs;

import java.net.URI;
import java.net.URISyntaxException;
import org.apache.logging.log4j.core.config.Configurator;

/** Puts our log settings in place of Spark's, unless the user has named settings of his own. */
final class QuietLogs {
  private QuietLogs() {}

  static void install() {
    if (System.getProperty("log4j2.configurationFile") != null
        || System.getProperty("log4j.configurationFile") != null) {
      return;
    }
    try {
      URI settings = QuietLogs.class.getResource("log4j2.properties").toURI();
      Configurator.reconfigure(settings);
    } catch (URISyntaxException broken) {
      throw new IllegalStateException(
          "the log4j configuration of Longcast is missing from the jar", broken);
    }
  }
}

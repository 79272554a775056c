package io.longcast.jobs;

import java.io.InvalidClassException;

/** Plain words for failures that Spark reports in its own. */
final class Failures {
  private Failures() {}

  /** The failure's message, or what lies behind it where that is known. */
  static String explain(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof InvalidClassException || message.contains("local class incompatible")) {
        return "the Spark of the client and the Spark of the cluster differ in version; start with"
            + " SPARK_HOME set to the cluster's version ("
            + message
            + ")";
      }
    }
    return String.valueOf(failure.getMessage());
  }
}

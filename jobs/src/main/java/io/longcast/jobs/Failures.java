package io.longcast.jobs;

import java.io.InvalidClassException;

/** Explains failures of Spark whose own message does not name the cause. */
final class Failures {
  private Failures() {}

  /** The failure's message, or its known cause and what to do about it. */
  static String explain(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      // Spark's RPC passes a remote failure on as text alone, so its type can be seen only there.
      if (cause instanceof InvalidClassException || message.contains("local class incompatible")) {
        return "client and cluster run different Spark versions; start with"
            + " SPARK_HOME set to the cluster's version ("
            + message
            + ")";
      }
    }
    return String.valueOf(failure.getMessage());
  }
}

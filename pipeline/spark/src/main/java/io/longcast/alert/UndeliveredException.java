package io.longcast.alert;

/** An alert that a sink did not take; the message names neither address nor secret. */
final class UndeliveredException extends Exception {
  private static final long serialVersionUID = 1L;

  UndeliveredException(String message, Throwable cause) {
    super(message, cause);
  }

  UndeliveredException(String message) {
    super(message);
  }
}

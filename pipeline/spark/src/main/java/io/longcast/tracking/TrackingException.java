package io.longcast.tracking;

/** A training that could not be logged; the message says why. */
public final class TrackingException extends Exception {
  private static final long serialVersionUID = 1L;

  TrackingException(String message, Throwable cause) {
    super(message, cause);
  }
}

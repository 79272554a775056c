package io.longcast.state;

/** Bytes that are no stored state this program can restore; the message says why and what to do. */
public final class StateFormatException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  StateFormatException(String message) {
    super(message);
  }
}

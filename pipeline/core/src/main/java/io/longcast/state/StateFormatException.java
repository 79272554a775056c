package io.longcast.state;

/**
 * Bytes are not a stored state that this version can restore; the message gives the reason and what
 * to do.
 */
public final class StateFormatException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  StateFormatException(String message) {
    super(message);
  }
}

package io.longcast.files;

/** Another run is at work on the same folder; the message says who it is. */
public final class LockedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  LockedException(String message) {
    super(message);
  }
}

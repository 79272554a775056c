package io.longcast.train;

/** Training failed more often than allowed; the message is the diagnosis. */
public final class DivergedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  DivergedException(String diagnosis) {
    super(diagnosis);
  }
}

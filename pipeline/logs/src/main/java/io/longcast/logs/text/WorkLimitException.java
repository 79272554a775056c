package io.longcast.logs.text;

/** A text needs more work than a line may take. */
public final class WorkLimitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WorkLimitException(long limit) {
    super("more than " + limit + " characters read", null, false, false);
  }
}

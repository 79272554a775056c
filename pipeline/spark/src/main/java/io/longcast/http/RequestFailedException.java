package io.longcast.http;

/** A request that no attempt brought an answer of success to. */
public final class RequestFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String body;

  RequestFailedException(String message, int status, String body, Throwable cause) {
    super(message, cause);
    this.status = status;
    this.body = body;
  }

  /** The last status; 0 if there was no answer. */
  public int status() {
    return status;
  }

  /** What the last answer said, at most the first thousands of characters. */
  public String body() {
    return body;
  }
}

package io.longcast.logs.line;

/** A line is no entry. */
final class RejectedLine extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final RejectReason reason;

  RejectedLine(RejectReason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  RejectReason reason() {
    return reason;
  }
}

package io.longcast.logs.line;

import java.time.Instant;

/**
 * One log entry, or why a line is none.
 *
 * @param time or null where the log has none
 * @param level or null
 * @param component or null
 * @param host machine that wrote it, or null
 * @param session key or null
 * @param content the message without its header; null in a reject
 * @param reject why it was rejected, null in an entry
 * @param detail of the reason, null in an entry
 */
public record LogRecord(
    Instant time,
    String level,
    String component,
    String host,
    String session,
    String content,
    RejectReason reject,
    String detail) {

  static LogRecord rejected(RejectReason reason, String detail) {
    return new LogRecord(null, null, null, null, null, null, reason, detail);
  }

  /** Whether the line is none. */
  public boolean isReject() {
    return reject != null;
  }

  /** Why it was rejected, with what was found; null in an entry. */
  public String reason() {
    return reject == null ? null : detail.isEmpty() ? reject.words() : detail;
  }
}

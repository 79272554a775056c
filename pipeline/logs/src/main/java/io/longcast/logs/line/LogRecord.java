package io.longcast.logs.line;

import java.io.Serializable;
import java.time.Instant;

/**
 * One log entry, or why a line is none.
 *
 * @param time or null where the log has none
 * @param level or null
 * @param component or null
 * @param session key or null
 * @param content the message without its header; continuation lines after line breaks; null in a
 *     reject
 * @param reason why it was rejected, null in a record
 */
public record LogRecord(
    Instant time, String level, String component, String session, String content, String reason)
    implements Serializable {

  static LogRecord rejected(String reason) {
    return new LogRecord(null, null, null, null, null, reason);
  }

  /** Whether the line is none. */
  public boolean isReject() {
    return reason != null;
  }
}

package io.longcast.logs.line;

/** How a log entry is written. */
public enum LogForm {
  /** A header of named fields, see {@link HeaderPattern}. */
  PATTERN,
  /** One JSON object a line. */
  JSON_LINES,
  /**
   * {@code <34>Oct 11 22:14:15 host tag[pid]: content}; the priority may be missing, the time may
   * be of ISO 8601.
   */
  SYSLOG_3164,
  /** {@code <34>1 2003-10-11T22:14:15.003Z host app procid msgid [data] content}. */
  SYSLOG_5424;

  boolean isSyslog() {
    return this == SYSLOG_3164 || this == SYSLOG_5424;
  }
}

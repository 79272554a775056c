package io.longcast.logs.line;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.longcast.logs.text.AnsiCodes;
import io.longcast.logs.text.LinearPattern;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Reads the lines of one file, or of a part of it, in their order: years and repeated hours that
 * the times leave open follow from the lines before. Takes time linear in the length of a line. Not
 * thread-safe.
 */
public final class LineParser {
  private final LineSpec spec;
  private final HeaderPattern header;
  private final SyslogHeader syslog;
  private final TimestampReader timestamps;
  private final LogClock clock;
  private final LinearPattern session;
  private final Map<String, RoleExpression> roles = new HashMap<>();

  /** A parser of lines whose first has none before it. */
  public LineParser(LineSpec spec) {
    this(spec, LogClock.Start.unknown(spec.year()));
  }

  /**
   * @param start what is known of the time before the first line
   */
  LineParser(LineSpec spec, LogClock.Start start) {
    this.spec = spec;
    header = spec.form() == LogForm.PATTERN ? HeaderPattern.parse(spec.pattern()) : null;
    syslog = spec.form().isSyslog() ? new SyslogHeader(spec.form()) : null;
    timestamps = new TimestampReader(spec);
    clock = new LogClock(start);
    session =
        spec.sessionPattern().isEmpty()
            ? null
            : LinearPattern.withGroup(spec.sessionPattern(), LineSpec.SESSION_PATTERN);
    for (String role : LineSpec.ROLES) {
      String expression = spec.fields().get(role);
      roles.put(
          role,
          expression == null ? RoleExpression.ofField(role) : RoleExpression.parse(expression));
    }
  }

  /** The record of a line, or a reject with the reason. */
  public LogRecord parse(String raw) {
    try {
      return record(AnsiCodes.strip(raw));
    } catch (RejectedLine rejected) {
      return LogRecord.rejected(rejected.reason(), rejected.getMessage());
    }
  }

  /** The time of a line as it is written; null where there is none. */
  LogTime time(String raw) {
    try {
      String line = AnsiCodes.strip(raw);
      return timestamps.read(role("timestamp", fields(line)));
    } catch (RejectedLine rejected) {
      return null;
    }
  }

  private LogRecord record(String line) {
    UnaryOperator<String> fields = fields(line);
    String content = role("content", fields);
    if (content == null) {
      throw new RejectedLine(RejectReason.NO_CONTENT, "no content");
    }
    content = AnsiCodes.strip(content).stripTrailing();
    Instant time =
        timestamps.isUsed() ? clock.resolve(timestamps.read(role("timestamp", fields))) : null;
    return new LogRecord(
        time,
        role("level", fields),
        role("component", fields),
        session(fields, content, time),
        content,
        null,
        null);
  }

  /** The fields of a line by lower-case name. */
  private UnaryOperator<String> fields(String line) {
    if (line.isBlank()) {
      throw new RejectedLine(RejectReason.BLANK, "blank line");
    }
    if (spec.form() == LogForm.JSON_LINES) {
      return json(line);
    }
    Map<String, String> fields = header == null ? syslog.read(line) : header.read(line);
    if (fields == null) {
      String form = header == null ? spec.form().name().toLowerCase(Locale.ROOT) : spec.pattern();
      throw new RejectedLine(RejectReason.NO_HEADER, "no header of form " + form);
    }
    return fields::get;
  }

  private static UnaryOperator<String> json(String line) {
    try {
      return JsonFields.read(line)::get;
    } catch (JsonProcessingException e) {
      throw new RejectedLine(
          RejectReason.NOT_JSON, "not one JSON object: " + e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      throw new RejectedLine(RejectReason.NOT_JSON, e.getMessage());
    }
  }

  private String session(UnaryOperator<String> fields, String content, Instant time) {
    String key = role("session", fields);
    if (key == null && session != null) {
      key = session.firstGroup(content).orElse(null);
    }
    if (spec.window().isZero() || time == null) {
      return key;
    }
    long length = Math.max(1, spec.window().toMillis());
    Instant start = Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), length) * length);
    return key == null ? start.toString() : key + "@" + start;
  }

  private String role(String role, UnaryOperator<String> fields) {
    return roles.get(role).value(fields);
  }
}

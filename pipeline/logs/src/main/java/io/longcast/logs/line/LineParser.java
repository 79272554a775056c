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
  /** Of UTF-16 read as UTF-8, at least one character of so many is NUL in most languages. */
  private static final int WIDE_SHARE = 4;

  /** Of a name in the domain name system (RFC 1035), in characters. */
  private static final int MAX_HOST = 255;

  private final LineSpec spec;
  private final HeaderPattern header;
  private final SyslogHeader syslog;
  private final TimestampReader timestamps;
  private final LogClock clock;
  private final LinearPattern session;
  private final Map<String, RoleExpression> roles;

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
    roles = new HashMap<>();
    for (String role : LineSpec.ROLES) {
      String expression = spec.fields().get(role);
      roles.put(
          role,
          expression == null ? RoleExpression.ofField(role) : RoleExpression.parse(expression));
    }
  }

  private LineParser(LineParser compiled, LogClock.Start start) {
    spec = compiled.spec;
    header = compiled.header;
    syslog = compiled.syslog;
    timestamps = compiled.timestamps;
    session = compiled.session;
    roles = compiled.roles;
    clock = new LogClock(start);
  }

  /** The same parser for other lines; not for use beside this one in another thread. */
  LineParser from(LogClock.Start start) {
    return new LineParser(this, start);
  }

  /** The record of a line, or a reject with the reason. */
  public LogRecord parse(String raw) {
    try {
      return record(plain(raw));
    } catch (RejectedLine rejected) {
      return LogRecord.rejected(rejected.reason(), rejected.getMessage());
    }
  }

  /** The time of a line as it is written; null where there is none. */
  LogTime time(String raw) {
    try {
      return timestamps.read(role("timestamp", fields(plain(raw))));
    } catch (RejectedLine rejected) {
      return null;
    }
  }

  /**
   * The line without escape sequences and without the block of NUL characters that a crash leaves
   * in front of the next line. NULs between other characters are the high bytes of a wider
   * encoding.
   */
  private static String plain(String raw) {
    if (raw.indexOf('\0') < 0) {
      return AnsiCodes.strip(raw);
    }
    int from = 0;
    int to = raw.length();
    while (from < to && raw.charAt(from) == 0) {
      from++;
    }
    while (to > from && raw.charAt(to - 1) == 0) {
      to--;
    }
    String line = raw.substring(from, to);
    long nuls = line.chars().filter(c -> c == 0).count();
    if (nuls * WIDE_SHARE >= line.length() && nuls > 0) {
      throw new RejectedLine(
          RejectReason.WRONG_ENCODING, "every other character is NUL: the file may be of UTF-16");
    }
    return AnsiCodes.strip(line);
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
        host(role("host", fields)),
        session(fields, content, time),
        content,
        null,
        null);
  }

  /** No name of a machine is longer; a wrong path may find any text. */
  private static String host(String found) {
    return found == null || found.length() <= MAX_HOST ? found : found.substring(0, MAX_HOST);
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

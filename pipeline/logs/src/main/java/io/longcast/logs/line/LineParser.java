package io.longcast.logs.line;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one line by its declared form. Not thread-safe. */
public final class LineParser {
  private static final Pattern FIELD = Pattern.compile("<([^<>]+)>");

  private final LineSpec spec;
  private final HeaderPattern header;
  private final TimestampReader timestamps;
  private final Pattern session;
  private final ObjectMapper json = new ObjectMapper();

  public LineParser(LineSpec spec) {
    this.spec = spec;
    header = spec.form() == LogForm.PATTERN ? HeaderPattern.parse(spec.pattern()) : null;
    timestamps = new TimestampReader(spec);
    session = spec.sessionPattern().isEmpty() ? null : Pattern.compile(spec.sessionPattern());
  }

  /** The record of a line, or a reject with the reason. */
  public LogRecord parse(String line) {
    if (line.isBlank()) {
      return LogRecord.rejected("blank line");
    }
    Map<String, String> fields;
    try {
      fields = fields(line);
    } catch (JsonProcessingException e) {
      return LogRecord.rejected("not a JSON object: " + e.getOriginalMessage());
    }
    if (fields == null) {
      return LogRecord.rejected("no header of form " + expected());
    }
    String content = role("content", fields);
    return content == null ? LogRecord.rejected("no content") : timed(fields, content);
  }

  private String expected() {
    return header == null ? spec.form().name().toLowerCase(Locale.ROOT) : spec.pattern();
  }

  private LogRecord timed(Map<String, String> fields, String content) {
    Instant time = null;
    if (timestamps.isUsed()) {
      String text = role("timestamp", fields);
      try {
        time = text == null ? null : timestamps.read(text);
      } catch (DateTimeException e) {
        return LogRecord.rejected("timestamp: " + e.getMessage());
      }
      if (time == null) {
        return LogRecord.rejected("no timestamp");
      }
    }
    return new LogRecord(
        time,
        role("level", fields),
        role("component", fields),
        session(fields, content, time),
        content,
        null);
  }

  private String session(Map<String, String> fields, String content, Instant time) {
    String key = role("session", fields);
    if (key == null && session != null) {
      Matcher matcher = session.matcher(content);
      key = matcher.find() ? matcher.group(1) : null;
    }
    if (spec.window().isZero() || time == null) {
      return key;
    }
    long length = Math.max(1, spec.window().toMillis());
    Instant start = Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), length) * length);
    return key == null ? start.toString() : key + "@" + start;
  }

  private Map<String, String> fields(String line) throws JsonProcessingException {
    return switch (spec.form()) {
      case PATTERN -> header.read(line);
      case JSON_LINES -> object(line);
      default -> SyslogHeader.read(spec.form(), line);
    };
  }

  private Map<String, String> object(String line) throws JsonProcessingException {
    JsonNode node = json.readTree(line);
    if (!node.isObject()) {
      return null;
    }
    Map<String, String> values = new HashMap<>();
    node.fields()
        .forEachRemaining(
            field -> {
              if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                values.put(field.getKey().toLowerCase(Locale.ROOT), field.getValue().asText());
              }
            });
    return values;
  }

  private String role(String role, Map<String, String> fields) {
    String expression = spec.fields().get(role);
    if (expression == null) {
      return fields.get(role);
    }
    StringBuilder text = new StringBuilder();
    Matcher field = FIELD.matcher(expression);
    while (field.find()) {
      String value = fields.get(field.group(1).toLowerCase(Locale.ROOT));
      if (value == null) {
        return null;
      }
      field.appendReplacement(text, Matcher.quoteReplacement(value));
    }
    return field.appendTail(text).toString();
  }
}

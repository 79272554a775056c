package io.longcast.logs.line;

import io.longcast.logs.text.LinearPattern;
import io.longcast.settings.SettingChecks;
import io.longcast.settings.SettingException;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How log lines are read.
 *
 * @param form of an entry; default {@code pattern}
 * @param pattern header of form {@code pattern}, such as {@code "<Date> <Time> <Level> <Content>"},
 *     see {@link HeaderPattern}; not used by other forms; default {@code "<Content>"}
 * @param fields which fields make up a role: roles are timestamp, level, component, host, session,
 *     content; an expression is text with {@code <Field>} in it; a role that is not given takes the
 *     field of its own name; default: none
 * @param timestampFormat pattern of {@link DateTimeFormatter}, with or without a year, or {@code
 *     iso}, {@code epoch-seconds}, {@code epoch-millis}, {@code epoch-micros}, {@code epoch-nanos};
 *     empty: no timestamps; default {@code iso}
 * @param year of the last line of a log whose timestamps have none; 0: it follows from the time of
 *     the file's last change; default 0
 * @param zone of timestamps without one; default {@code UTC}
 * @param sessionPattern regular expression (RE2 syntax) whose first group in the content is the
 *     session key, where there is no session field; empty: none; default empty
 * @param window length of the time windows that are the sessions where there is no key (the key, if
 *     any, stays in front); 0: no windows; default 0
 * @param multiline whether a line without a header continues the entry before it, such as a stack
 *     trace; a file is then read by one task; default false
 */
public record LineSpec(
    LogForm form,
    String pattern,
    Map<String, String> fields,
    String timestampFormat,
    int year,
    String zone,
    String sessionPattern,
    Duration window,
    boolean multiline)
    implements Serializable {

  static final Set<String> ROLES =
      Set.of("timestamp", "level", "component", "host", "session", "content");
  static final String SESSION_PATTERN = "logs.lines.sessionPattern";

  public LineSpec {
    fields = Map.copyOf(fields);
    for (String role : fields.keySet()) {
      if (!ROLES.contains(role)) {
        throw new SettingException(
            "logs.lines.fields", "fields must name roles of " + ROLES + ", found " + role);
      }
    }
    SettingChecks.require(year >= 0 && year <= 9999, "logs.lines.year", "in [0, 9999]", year);
    SettingChecks.require(isZone(zone), "logs.lines.zone", "a time zone", zone);
    if (!sessionPattern.isEmpty()) {
      LinearPattern.withGroup(sessionPattern, SESSION_PATTERN);
    }
    SettingChecks.require(!window.isNegative(), "logs.lines.window", "0 or longer", window);
    TimestampReader.problem(timestampFormat)
        .ifPresent(
            why -> {
              throw new SettingException(
                  "logs.lines.timestampFormat",
                  "timestampFormat must give full times: " + why + ", found " + timestampFormat);
            });
    if (form == LogForm.PATTERN) {
      requireFields(HeaderPattern.parse(pattern).names(), fields);
    }
  }

  /** Expressions name fields that the header has. */
  private static void requireFields(List<String> names, Map<String, String> fields) {
    fields.forEach(
        (role, expression) ->
            RoleExpression.parse(expression)
                .fields()
                .forEach(name -> requireField(names, role, name)));
  }

  private static void requireField(List<String> names, String role, String name) {
    if (!names.contains(name)) {
      throw new SettingException(
          List.of("logs.lines.fields", "logs.lines.pattern"),
          "fields must name fields of logs.lines.pattern for %s, which has %s, found <%s>"
              .formatted(role, names, name));
    }
  }

  /**
   * Checks that the form of the lines gives what an entry needs, where logs are read at all.
   *
   * @throws IllegalArgumentException if every line would lack its content or its time
   */
  public void requireComplete() {
    if (form == LogForm.PATTERN) {
      List<String> names = HeaderPattern.parse(pattern).names();
      if (!fields.containsKey("content") && !names.contains("content")) {
        throw new SettingException(
            "logs.lines.pattern",
            "pattern must have <Content>, or logs.lines.fields say what the content is, found "
                + pattern);
      }
      if (!timestampFormat.isEmpty()
          && !fields.containsKey("timestamp")
          && !names.contains("timestamp")) {
        throw new SettingException(
            "logs.lines.pattern",
            "pattern must have <Timestamp>, or logs.lines.fields say what the timestamp is, such as"
                + " \"<Date> <Time>\", found "
                + pattern
                + "; logs.lines.timestampFormat = \"\" reads lines without times");
      }
    }
  }

  /** Lines that are content from end to end. */
  public static LineSpec plain(String pattern) {
    return new LineSpec(LogForm.PATTERN, pattern, Map.of(), "", 0, "UTC", "", Duration.ZERO, false);
  }

  private static boolean isZone(String text) {
    try {
      return ZoneId.of(text) != null;
    } catch (DateTimeException e) {
      return false;
    }
  }
}

package io.longcast.logs.line;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How log lines are read.
 *
 * @param form of an entry; default {@code pattern}
 * @param pattern header of form {@code pattern}, such as {@code "<Date> <Time> <Level> <Content>"},
 *     see {@link HeaderPattern}; not used by other forms; default {@code "<Content>"}
 * @param fields which fields make up a role: roles are timestamp, level, component, session,
 *     content; an expression is text with {@code <Field>} in it; a role that is not given takes the
 *     field of its own name; default: none
 * @param timestampFormat pattern of {@link DateTimeFormatter}, or {@code iso}, {@code
 *     epoch-seconds}, {@code epoch-millis}; empty: no timestamps; default {@code iso}
 * @param year of timestamps without a year, 0: reject them; default 0
 * @param zone of timestamps without one; default {@code UTC}
 * @param sessionPattern regular expression whose first group in the content is the session key,
 *     where there is no session field; empty: none; default empty
 * @param window length of the time windows that are the sessions where there is no key (the key, if
 *     any, stays in front); 0: no windows; default 0
 * @param multiline whether a line without a header goes on the entry before it, such as a stack
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

  private static final Set<String> ROLES =
      Set.of("timestamp", "level", "component", "session", "content");

  public LineSpec {
    fields = Map.copyOf(fields);
    for (String role : fields.keySet()) {
      require(ROLES.contains(role), "fields", "name roles of " + ROLES, role);
    }
    require(year >= 0 && year <= 9999, "year", "be in [0, 9999]", year);
    require(isZone(zone), "zone", "be a time zone", zone);
    require(
        sessionPattern.isEmpty() || Pattern.compile(sessionPattern).matcher("").groupCount() >= 1,
        "sessionPattern",
        "have a group",
        sessionPattern);
    require(!window.isNegative(), "window", "be 0 or longer", window);
    if (form == LogForm.PATTERN) {
      HeaderPattern.parse(pattern);
    }
  }

  /** Lines that are content from end to end. */
  public static LineSpec plain(String pattern) {
    return new LineSpec(LogForm.PATTERN, pattern, Map.of(), "", 0, "UTC", "", Duration.ZERO, false);
  }

  private static void require(boolean holds, String key, String what, Object found) {
    if (!holds) {
      throw new IllegalArgumentException(
          key + " must " + what + ", found " + found + " (key logs.lines." + key + ")");
    }
  }

  private static boolean isZone(String text) {
    try {
      return ZoneId.of(text) != null;
    } catch (DateTimeException e) {
      return false;
    }
  }
}

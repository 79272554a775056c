package io.longcast.logs.line;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fixed headers of syslog. The level is the severity's keyword (RFC 5424, table 2). */
final class SyslogHeader {
  private static final List<String> SEVERITY =
      List.of("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug");
  private static final Pattern RFC_3164 =
      Pattern.compile(
          "(?:<(?<priority>\\d{1,3})>)?"
              + "(?<timestamp>[A-Z][a-z]{2}\\s+\\d{1,2} \\d{2}:\\d{2}:\\d{2}) "
              + "(?<host>\\S+) (?<component>[^\\s:\\[]+(?:\\([^)]*\\))?)(?:\\[(?<pid>[^\\]]*)\\])?:? ?"
              + "(?<content>.*)");
  private static final Pattern RFC_5424 =
      Pattern.compile(
          "<(?<priority>\\d{1,3})>\\d{1,2} (?<timestamp>\\S+) (?<host>\\S+) (?<component>\\S+)"
              + " (?<pid>\\S+) (?<msgid>\\S+) (?<data>-|(?:\\[(?:[^\\]\"]|\"(?:[^\"\\\\]|\\\\.)*\")*\\])+)"
              + "(?: (?:\\uFEFF)?(?<content>.*))?");
  private static final List<String> BOTH =
      List.of("timestamp", "host", "component", "pid", "content");

  private SyslogHeader() {}

  /** The fields of a line, or null if it has no such header. */
  static Map<String, String> read(LogForm form, String line) {
    boolean newer = form == LogForm.SYSLOG_5424;
    Matcher matcher = (newer ? RFC_5424 : RFC_3164).matcher(line);
    if (!matcher.matches()) {
      return null;
    }
    Map<String, String> values = new HashMap<>();
    BOTH.forEach(name -> put(values, name, matcher.group(name)));
    if (newer) {
      put(values, "msgid", matcher.group("msgid"));
      put(values, "data", matcher.group("data"));
      values.putIfAbsent("content", "");
    } else {
      values.computeIfPresent("timestamp", (name, time) -> time.replaceAll("\\s+", " "));
    }
    if (matcher.group("priority") != null) {
      int priority = Integer.parseInt(matcher.group("priority"));
      values.put("level", SEVERITY.get(priority % 8));
      values.put("facility", Integer.toString(priority / 8));
    }
    return values;
  }

  private static void put(Map<String, String> values, String name, String value) {
    if (value != null && !value.equals("-")) {
      values.put(name, value);
    }
  }
}

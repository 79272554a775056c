package io.longcast.logs.line;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The fixed headers of syslog, read in one pass from left to right. The level is the severity's
 * keyword (RFC 5424, table 2). Not thread-safe.
 */
public final class SyslogHeader {
  private static final List<String> SEVERITY =
      List.of("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug");
  private static final int MAX_PRIORITY_DIGITS = 3;

  private final LogForm form;
  private String line = "";
  private int at;

  /** Reads headers of {@link LogForm#SYSLOG_5424} or {@link LogForm#SYSLOG_3164}. */
  public SyslogHeader(LogForm form) {
    this.form = form;
  }

  /** The fields of a line, or null if it has no such header. */
  public Map<String, String> read(String text) {
    line = text;
    at = 0;
    Map<String, String> values = new HashMap<>();
    boolean priority = priority(values);
    boolean matches = form == LogForm.SYSLOG_5424 ? priority && newer(values) : older(values);
    if (matches) {
      values.put("content", line.substring(at));
    }
    return matches ? values : null;
  }

  /** {@code <34>}. */
  private boolean priority(Map<String, String> values) {
    int end = line.startsWith("<") ? line.indexOf('>', 0) : -1;
    if (end < 2 || end > MAX_PRIORITY_DIGITS + 1 || digits(1) != end) {
      return false;
    }
    int priority = Integer.parseInt(line, 1, end, 10);
    values.put("level", SEVERITY.get(priority % SEVERITY.size()));
    values.put("facility", Integer.toString(priority / SEVERITY.size()));
    at = end + 1;
    return true;
  }

  /** Behind the priority: {@code Oct 11 22:14:15 host tag[pid]: content}. */
  private boolean older(Map<String, String> values) {
    return (Character.isDigit(peek()) ? word(values, "timestamp") : monthDayTime(values))
        && word(values, "host")
        && tag(values);
  }

  /** {@code Oct 11 22:14:15}, a year behind the day and a fraction of the second if they are. */
  private boolean monthDayTime(Map<String, String> values) {
    int day = blanks(at + 3);
    int afterDay = digits(day);
    int time = blanks(afterDay);
    String year = "";
    if (digits(time) - time == 4) {
      year = line.substring(time, time + 4) + " ";
      time = blanks(time + 4);
    }
    int end = wordEnd(time);
    boolean matches =
        isMonth(at)
            && day > at + 3
            && afterDay > day
            && afterDay <= day + 2
            && time > afterDay
            && isTime(time, end)
            && end < line.length();
    if (matches) {
      String text = line.substring(at, at + 3) + " " + line.substring(day, afterDay) + " " + year;
      values.put("timestamp", text + line.substring(time, end));
      at = end + 1;
    }
    return matches;
  }

  private boolean isMonth(int from) {
    return line.length() > from + 3
        && isBetween(line.charAt(from), 'A', 'Z')
        && isBetween(line.charAt(from + 1), 'a', 'z')
        && isBetween(line.charAt(from + 2), 'a', 'z');
  }

  /** {@code HH:mm:ss}, with or without a fraction. */
  private boolean isTime(int from, int end) {
    return end >= from + 8
        && digits(from) == from + 2
        && line.charAt(from + 2) == ':'
        && digits(from + 3) == from + 5
        && line.charAt(from + 5) == ':'
        && digits(from + 6) == from + 8
        && (end == from + 8 || line.charAt(from + 8) == '.' && digits(from + 9) == end);
  }

  /** {@code tag}, {@code tag[pid]}, then a colon and a blank if they are there. */
  private boolean tag(Map<String, String> values) {
    int end = at;
    while (end < line.length() && !isBlank(end) && ":[".indexOf(line.charAt(end)) < 0) {
      end++;
    }
    if (end == at) {
      return false;
    }
    put(values, "component", line.substring(at, end));
    int close = end < line.length() && line.charAt(end) == '[' ? line.indexOf(']', end) : -1;
    if (close >= 0) {
      put(values, "pid", line.substring(end + 1, close));
      end = close + 1;
    }
    end += end < line.length() && line.charAt(end) == ':' ? 1 : 0;
    at = end + (end < line.length() && line.charAt(end) == ' ' ? 1 : 0);
    return true;
  }

  /**
   * Behind the priority: {@code 1 2003-10-11T22:14:15.003Z host app procid msgid [data] content}.
   */
  private boolean newer(Map<String, String> values) {
    int version = digits(at);
    if (version == at || version > at + 2 || version == line.length() || !isBlank(version)) {
      return false;
    }
    at = version + 1;
    return word(values, "timestamp")
        && word(values, "host")
        && word(values, "component")
        && word(values, "pid")
        && word(values, "msgid")
        && data(values);
  }

  /** A dash, or elements {@code [id name="value" …]}; then the end or one blank. */
  private boolean data(Map<String, String> values) {
    int end = at;
    if (peek() == '-') {
      end++;
    } else {
      while (end < line.length() && line.charAt(end) == '[') {
        end = elementEnd(end);
      }
    }
    if (end == at || end > line.length() || end < line.length() && line.charAt(end) != ' ') {
      return false;
    }
    put(values, "data", line.substring(at, end));
    at = Math.min(line.length(), end + 1);
    at += at < line.length() && line.charAt(at) == '\uFEFF' ? 1 : 0;
    return true;
  }

  /** Where the element that begins at a place ends; behind the line if it does not. */
  private int elementEnd(int from) {
    boolean quoted = false;
    for (int i = from + 1; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ']' && !quoted) {
        return i + 1;
      }
    }
    return line.length() + 1;
  }

  /** A word and the one blank behind it. */
  private boolean word(Map<String, String> values, String name) {
    int end = wordEnd(at);
    if (end == at || end == line.length() || line.charAt(end) != ' ') {
      return false;
    }
    put(values, name, line.substring(at, end));
    at = end + 1;
    return true;
  }

  /** A dash denotes an unknown value. */
  private static void put(Map<String, String> values, String name, String value) {
    if (!value.equals("-")) {
      values.put(name, value);
    }
  }

  private char peek() {
    return at < line.length() ? line.charAt(at) : 0;
  }

  private int wordEnd(int from) {
    int end = from;
    while (end < line.length() && !isBlank(end)) {
      end++;
    }
    return end;
  }

  private int blanks(int from) {
    int end = from;
    while (end < line.length() && isBlank(end)) {
      end++;
    }
    return end;
  }

  private int digits(int from) {
    int end = from;
    while (end < line.length() && isBetween(line.charAt(end), '0', '9')) {
      end++;
    }
    return end;
  }

  private boolean isBlank(int place) {
    return Character.isWhitespace(line.charAt(place));
  }

  private static boolean isBetween(char c, char first, char last) {
    return c >= first && c <= last;
  }
}

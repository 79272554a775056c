package io.longcast.logs.draft;

import com.typesafe.config.ConfigUtil;
import io.longcast.logs.line.LogForm;
import io.longcast.logs.line.SyslogHeader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The settings of a log in the making, in their order.
 *
 * @param settings values as HOCON writes them, by key below {@code logs}
 * @param why what a setting is based on, by key
 */
record LogDraft(Map<String, String> settings, Map<String, String> why) {
  /** Without a priority or the name of a month, a syslog header is like that of many programs. */
  private static final Pattern SYSLOG = Pattern.compile("(<\\d{1,3}>|[A-Z][a-z]{2} +\\d).*");

  private static final String WINDOW = "1 hour";

  /**
   * Drafts the settings of a sample.
   *
   * @throws IllegalArgumentException if lines have neither a time nor a value that groups them
   */
  static LogDraft of(LogSample sample) {
    LogDraft draft = new LogDraft(new LinkedHashMap<>(), new LinkedHashMap<>());
    sample
        .encoding()
        .ifPresent(encoding -> draft.set("files.encoding", quoted(encoding), "of the text"));
    List<String> lines = sample.lines();
    Optional<JsonDraft> json = JsonDraft.isJson(lines) ? JsonDraft.find(lines) : Optional.empty();
    if (json.isPresent()) {
      draft.json(json.get());
    } else if (!draft.syslog(LogForm.SYSLOG_5424, lines)
        && !draft.syslog(LogForm.SYSLOG_3164, lines)) {
      draft.pattern(lines);
    }
    return draft;
  }

  /** Whether lines have the header of a log: a time near their start, and words after it. */
  static boolean isLog(List<String> lines) {
    if (JsonDraft.isJson(lines)) {
      return JsonDraft.isLog(lines);
    }
    Optional<TimeShape> time = TimeShape.find(lines);
    return time.isPresent()
        && Share.most(
            lines,
            line ->
                time.get()
                    .at(line)
                    .map(at -> line.substring(at.end()).matches(".*[A-Za-z]{2,}.*[\\s:].*"))
                    .orElse(false));
  }

  private void json(JsonDraft json) {
    set("lines.form", "json-lines", "each line is an object");
    set("lines.timestampFormat", quoted(json.format()), "how the times are written");
    set("lines.fields.timestamp", path(json.timestamp()), "");
    json.roles().forEach((role, path) -> set("lines.fields." + role, path(path), ""));
    session(SessionKey.find(json.others(), json.contents()));
  }

  private static String path(String path) {
    return quoted("<" + path + ">");
  }

  /** Whether most lines have a header of this form; its settings are set then. */
  private boolean syslog(LogForm form, List<String> lines) {
    SyslogHeader header = new SyslogHeader(form);
    List<Map<String, String>> read =
        lines.stream()
            .filter(line -> SYSLOG.matcher(line).matches())
            .map(header::read)
            .filter(Objects::nonNull)
            .toList();
    if (!Share.areMost(read.size(), lines.size())) {
      return false;
    }
    set("lines.form", form.name().toLowerCase(Locale.ROOT).replace('_', '-'), "");
    List<String> pids =
        read.stream().map(line -> line.get("pid")).filter(Objects::nonNull).toList();
    session(
        SessionKey.find(
            Map.of("pid", pids), read.stream().map(line -> line.get("content")).toList()));
    return true;
  }

  private void pattern(List<String> lines) {
    Optional<TimeShape> time = TimeShape.find(lines);
    HeaderDraft header =
        time.map(shape -> new HeaderDraft(lines, shape)).orElseGet(() -> new HeaderDraft(lines));
    set("lines.pattern", quoted(header.pattern()), "the header of the lines");
    Optional<SessionKey> key = SessionKey.find(header.values(), header.contents());
    if (time.isPresent()) {
      time(header, time.get(), lines);
    } else {
      set("lines.timestampFormat", quoted(""), "the lines have no time");
      requireKey(key);
    }
    session(key);
  }

  private static void requireKey(Optional<SessionKey> key) {
    if (key.isEmpty()) {
      throw new IllegalArgumentException(
          "found neither a time at the start of most lines nor a value that groups them; write the"
              + " run file by hand: logs.lines.pattern, logs.lines.timestampFormat,"
              + " logs.lines.sessionPattern");
    }
  }

  private void time(HeaderDraft header, TimeShape time, List<String> lines) {
    if (!header.timestamp().equals("<Timestamp>")) {
      set("lines.fields.timestamp", quoted(header.timestamp()), "");
    }
    set("lines.timestampFormat", quoted(time.format()), "how the times are written");
    if (lines.stream().anyMatch(line -> time.at(line).isEmpty())) {
      set("lines.multiline", "true", "some lines have no header and continue the entry before");
    }
  }

  private void session(Optional<SessionKey> key) {
    key.ifPresentOrElse(
        found ->
            set(
                "lines." + found.key(),
                quoted(found.value()),
                "a value that lines of one session share"),
        () ->
            set(
                "lines.window",
                quoted(WINDOW),
                "no value groups the lines: all lines of an hour are a session; better, name a session"
                    + " field or lines.sessionPattern"));
  }

  /** Until when sessions are learned from. */
  void trainBefore(Instant end) {
    set(
        "trainBefore",
        quoted(end.toString()),
        "sessions that end before are taken as normal, here 70 % of them; the later ones are judged."
            + " Choose a time until which no fault is known");
  }

  private void set(String key, String value, String reason) {
    settings.put(key, value);
    why.put(key, reason);
  }

  static String quoted(String text) {
    return ConfigUtil.quoteString(text);
  }

  /** As words of the command line. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    settings.forEach((key, value) -> words.add("logs." + key + "=" + value));
    return words;
  }

  /** Lines of the section. */
  String text() {
    StringBuilder text = new StringBuilder();
    settings.forEach(
        (key, value) -> {
          String reason = why.get(key);
          text.append(reason.isEmpty() ? "" : "# " + reason + "\n");
          text.append("logs.").append(key).append(" = ").append(value).append('\n');
        });
    return text.toString();
  }
}

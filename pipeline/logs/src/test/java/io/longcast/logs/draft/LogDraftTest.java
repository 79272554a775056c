package io.longcast.logs.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogDraftTest {
  private static final List<String> WORDS = List.of("opened", "read", "wrote", "closed");

  @Test
  void findsLevelBracketsAndComponent() {
    Map<String, String> found =
        draft(
            i ->
                "2024-01-01T14:%02d:29.351Z %s [dev-%05d/14] upload: %s 412 bytes"
                    .formatted(i % 60, i % 9 == 0 ? "WARN" : "INFO", i / 4, WORDS.get(i % 4)));
    assertThat(found)
        .containsEntry("lines.pattern", "\"<Timestamp> <Level> [<F2>] <Component>: <Content>\"")
        .containsEntry("lines.timestampFormat", "\"iso\"")
        .containsEntry("lines.fields.session", "\"<F2>\"");
  }

  @Test
  void joinsTheWordsOfATimeAndFindsIdsInTheContent() {
    Map<String, String> found =
        draft(
            i ->
                "0811%02d 2036%02d %d INFO dfs.Node$Part: %s block blk_%d now"
                    .formatted(1 + i / 60, i % 60, 140 + i % 7, WORDS.get(i % 4), 70_000 + i / 3));
    assertThat(found)
        .containsEntry("lines.pattern", "\"<Time1> <Time2> <F1> <Level> <Component>: <Content>\"")
        .containsEntry("lines.fields.timestamp", "\"<Time1> <Time2>\"")
        .containsEntry("lines.timestampFormat", "\"yyMMdd HHmmss\"");
    assertThat(found.get("lines.sessionPattern")).contains("[A-Za-z]+_");
  }

  @Test
  void findsBarsAndContinuations() {
    Map<String, String> found =
        draft(
            i ->
                i % 25 == 7
                    ? "    at com.example.Main(Main.java:12)"
                    : "20171223-22:%d:%d:%d|Step_LSC|%d|%s"
                        .formatted(i / 60, i % 60, i % 999, 30_002_312, WORDS.get(i % 4)));
    assertThat(found)
        .containsEntry("lines.timestampFormat", "\"uuuuMMdd-H:m:s:SSS\"")
        .containsEntry("lines.multiline", "true")
        .as("nothing groups these lines")
        .containsKey("lines.window");
    assertThat(found.get("lines.pattern")).startsWith("\"<Timestamp>|").endsWith("<Content>\"");
  }

  @Test
  void knowsSyslogAndApache() {
    assertThat(
            draft(
                i ->
                    "Jun %2d 15:%02d:01 combo sshd(pam_unix)[%d]: failure %d"
                        .formatted(1 + i / 60, i % 60, 19_000 + i / 5, i)))
        .containsEntry("lines.form", "syslog-3164");
    assertThat(
            draft(
                i ->
                    "[Sun Dec 04 %02d:%02d:44 2005] [notice] workerEnv.init() ok %d"
                        .formatted(i / 60, i % 60, i)))
        .containsEntry(
            "lines.pattern", "\"[<Time1> <Time2> <Time3> <Time4> <Time5>] [<Level>] <Content>\"");
  }

  @Test
  void tellsLogsFromTables() {
    assertThat(
            LogDraft.isLog(List.of("2024-01-01 00:00:00,1.5,2.5", "2024-01-01 01:00:00,1.6,3.5")))
        .isFalse();
    assertThat(LogDraft.isLog(List.of("2024-01-01 00:00:00 INFO start: all is well"))).isTrue();
    assertThatThrownBy(
            () -> LogDraft.of(new LogSample(List.of("no time here", "nor here"), Optional.empty())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("logs.lines.pattern");
  }

  @Test
  void readsLinesOfJson() {
    assertThat(
            draft(
                i ->
                    "{\"@timestamp\": \"2024-01-01T00:00:%02dZ\", \"log\": {\"level\": \"info\"}, \"pod\": {\"name\": \"job-%04d\"}, \"message\": \"%s from 10.0.0.3\"}"
                        .formatted(i % 60, i / 4, WORDS.get(i % 4))))
        .containsEntry("lines.form", "json-lines")
        .containsEntry("lines.timestampFormat", "\"iso\"")
        .containsEntry("lines.fields.timestamp", "\"<@timestamp>\"")
        .containsEntry("lines.fields.content", "\"<message>\"")
        .containsEntry("lines.fields.level", "\"<log.level>\"")
        .containsEntry("lines.fields.session", "\"<pod.name>\"");
    assertThat(
            draft(
                i ->
                    "{\"__REALTIME_TIMESTAMP\": \"%d\", \"MESSAGE\": \"[job-%04d] %s it\"}"
                        .formatted(1_704_067_200_000_000L + i, i / 4, WORDS.get(i % 4))))
        .containsEntry("lines.timestampFormat", "\"epoch-micros\"")
        .containsKey("lines.sessionPattern");
  }

  @Test
  void readsLinesWithoutATimeByTheirSession() {
    assertThat(draft(i -> "[job-%04d] %s it".formatted(i / 4, WORDS.get(i % 4))))
        .containsEntry("lines.pattern", "\"[<F1>] <Content>\"")
        .containsEntry("lines.timestampFormat", "\"\"")
        .containsEntry("lines.fields.session", "\"<F1>\"");
    assertThat(
            draft(i -> "00:%02d [job-%04d] %s it".formatted(i / 4 % 60, i / 4, WORDS.get(i % 4))))
        .containsEntry("lines.pattern", "\"<F1>:<F2> [<F3>] <Content>\"")
        .containsEntry("lines.fields.session", "\"<F3>\"");
  }

  @Test
  void knowsNamesOfZonesAndContainers() {
    assertThat(
            draft(
                i ->
                    "2024-01-01 00:00:%02d.000 MSK [job-%04d] %s it"
                        .formatted(i % 60, i / 4, WORDS.get(i % 4))))
        .containsEntry("lines.timestampFormat", "\"yyyy-MM-dd HH:mm:ss.SSS z\"")
        .containsEntry("lines.pattern", "\"<Time1> <Time2> <Time3> [<F1>] <Content>\"");
    assertThat(
            draft(
                i ->
                    "2024-01-01T00:00:%02d.123456789Z stdout F [job-%04d] %s it"
                        .formatted(i % 60, i / 4, WORDS.get(i % 4))))
        .containsEntry("lines.pattern", "\"<Timestamp> <F1> <F2> [<F3>] <Content>\"")
        .containsEntry("lines.fields.session", "\"<F3>\"");
  }

  @Test
  void groupsSyslogByTheProcess() {
    assertThat(
            draft(
                i ->
                    "Jun %2d 15:%02d:01 combo sshd[%d]: failure %d"
                        .formatted(1 + i / 60, i % 60, 19_000 + i / 5, i)))
        .containsEntry("lines.form", "syslog-3164")
        .containsEntry("lines.fields.session", "\"<pid>\"");
  }

  @Test
  void knowsTheNewerSyslogAndPrioritiesBeforeTimesOfIso8601() {
    assertThat(
            draft(
                i ->
                    "<165>1 2024-01-01T14:%02d:01.003Z gate app %d ID47 [x@1 a=\"1]\"] %s it"
                        .formatted(i % 60, 900 + i / 5, WORDS.get(i % 4))))
        .containsEntry("lines.form", "syslog-5424")
        .containsEntry("lines.fields.session", "\"<pid>\"");
    assertThat(
            draft(
                i ->
                    "<34>2024-01-01T14:%02d:01+01:00 gate su[%d]: %s it"
                        .formatted(i % 60, 900 + i / 5, WORDS.get(i % 4))))
        .containsEntry("lines.form", "syslog-3164");
    assertThat(
            draft(
                i ->
                    "2024-01-01T14:%02d:01 INFO job-%d: %s it"
                        .formatted(i % 60, 900 + i / 5, WORDS.get(i % 4))))
        .as("no priority: a program's own header")
        .containsKey("lines.pattern");
  }

  private static Map<String, String> draft(IntFunction<String> line) {
    return LogDraft.of(
            new LogSample(IntStream.range(0, 200).mapToObj(line).toList(), Optional.empty()))
        .settings();
  }
}

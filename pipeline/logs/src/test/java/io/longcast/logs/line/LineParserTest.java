package io.longcast.logs.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LineParserTest {
  private static LineSpec spec(
      LogForm form, String pattern, Map<String, String> fields, String format) {
    return new LineSpec(form, pattern, fields, format, 2005, "UTC", "", Duration.ZERO, false);
  }

  @Test
  void readsADeclaredHeader() {
    LineSpec spec =
        new LineSpec(
            LogForm.PATTERN,
            "<Date> <Time> <Pid> <Level> <Component>: <Content>",
            Map.of("timestamp", "<Date> <Time>"),
            "yyMMdd HHmmss",
            0,
            "UTC",
            "(blk_-?\\d+)",
            Duration.ZERO,
            false);
    LogRecord record =
        new LineParser(spec)
            .parse("081109 203615 148 INFO dfs.DataNode: block blk_-38 of: x terminating");
    assertThat(record.time()).isEqualTo("2008-11-09T20:36:15Z");
    assertThat(record.level()).isEqualTo("INFO");
    assertThat(record.component()).isEqualTo("dfs.DataNode");
    assertThat(record.session()).isEqualTo("blk_-38");
    assertThat(record.content()).isEqualTo("block blk_-38 of: x terminating");
  }

  @Test
  void anOptionalPartMayBeMissing() {
    HeaderPattern pattern = HeaderPattern.parse("<Host> <Component>{[<Pid>]}: <Content>");
    assertThat(pattern.read("combo su[12]: opened")).containsEntry("pid", "12");
    assertThat(pattern.read("combo kernel: opened")).containsEntry("component", "kernel");
    assertThat(pattern.read("nothing like it")).isNull();
    assertThatThrownBy(() -> HeaderPattern.parse("<A> {<A>"))
        .hasMessageContaining("distinct <Fields> and paired braces");
  }

  @Test
  void readsJsonLines() {
    LineSpec spec =
        spec(
            LogForm.JSON_LINES,
            "",
            Map.of("timestamp", "<ts>", "content", "<msg>", "session", "<device>/<run>"),
            "epoch-millis");
    LogRecord record =
        new LineParser(spec)
            .parse("{\"ts\":1500,\"level\":\"warn\",\"msg\":\"a b\",\"device\":\"d\",\"run\":3}");
    assertThat(record.time()).isEqualTo("1970-01-01T00:00:01.500Z");
    assertThat(record.session()).isEqualTo("d/3");
    assertThat(record.level()).isEqualTo("warn");
    assertThat(new LineParser(spec).parse("{\"ts\":1500,").reason()).startsWith("not one JSON");
    assertThat(new LineParser(spec).parse("{\"msg\":\"x\"}").reason()).isEqualTo("no timestamp");
  }

  @Test
  void readsOldSyslog() {
    LineParser parser = new LineParser(spec(LogForm.SYSLOG_3164, "", Map.of(), ""));
    LogRecord record =
        parser.parse("<34>Oct 11 22:14:15 mymachine su[99]: 'su root' failed on /dev/pts/8");
    assertThat(record.time()).isEqualTo("2005-10-11T22:14:15Z");
    assertThat(record.level()).isEqualTo("crit");
    assertThat(record.component()).isEqualTo("su");
    assertThat(record.content()).isEqualTo("'su root' failed on /dev/pts/8");
    assertThat(parser.parse("Jun  4 15:16:01 combo sshd(pam_unix)[19]: check pass").time())
        .isEqualTo("2005-06-04T15:16:01Z");
  }

  @Test
  void readsNewSyslog() {
    LineParser parser = new LineParser(spec(LogForm.SYSLOG_5424, "", Map.of(), "iso"));
    LogRecord record =
        parser.parse(
            "<165>1 2003-10-11T22:14:15.003Z host app - ID47 [x@1 a=\"1\\]\" b=\"]\"][y@2] An"
                + " event");
    assertThat(record.time()).isEqualTo("2003-10-11T22:14:15.003Z");
    assertThat(record.level()).isEqualTo("notice");
    assertThat(record.component()).isEqualTo("app");
    assertThat(record.content()).isEqualTo("An event");
    assertThat(parser.parse("Oct 11 22:14:15 host su: x").reason()).contains("no header");
  }

  @Test
  void timeWindowsAreSessionsWhereThereIsNoKey() {
    LineSpec spec =
        new LineSpec(
            LogForm.PATTERN,
            "<Timestamp> <Content>",
            Map.of(),
            "iso",
            0,
            "UTC",
            "",
            Duration.ofMinutes(10),
            false);
    assertThat(new LineParser(spec).parse("2024-01-01T00:19:59Z hello").session())
        .isEqualTo("2024-01-01T00:10:00Z");
  }

  @Test
  void aBadTimestampIsAReject() {
    LineSpec spec = spec(LogForm.PATTERN, "<Timestamp>;<Content>", Map.of(), "iso");
    assertThat(new LineParser(spec).parse("2024-13-01 00:00:00;x").reason())
        .startsWith("timestamp: ");
    assertThat(new LineParser(spec).parse("  ").reason()).isEqualTo("blank line");
  }

  @Test
  void namesTheKeyOfABadSetting() {
    assertThatThrownBy(() -> spec(LogForm.PATTERN, "<A>", Map.of("machine", "x"), "iso"))
        .hasMessageContaining("logs.lines.fields");
  }
}

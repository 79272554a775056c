package io.longcast.logs.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.testing.Fuzz;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A line of any content has its entry or a reject with the reason, in time linear in it. */
class LogLineFuzzTest {
  private static final long BUFFERS = 1 << 20;
  private static final String[] PIECES = {
    "<",
    ">",
    "[",
    "]",
    "[[[[",
    "\"",
    "\\\"",
    "\\",
    "=",
    "{",
    "}",
    "{\"a\":",
    ",",
    ":",
    "<34>",
    "<999999999999>1",
    " ",
    "\t",
    "\u0000",
    "\u001B[31m",
    "\u001B[",
    "\uFEFF",
    "\uD83D\uDE00",
    "9".repeat(100),
    "blk_-38",
    "blk_",
    "Feb 30",
    "25:61:61",
    "null",
    "[a b=\"c\"]",
    "[id x=\"" + "y".repeat(500) + "\"]",
    "\\u001b",
    "NaN",
    "1e999",
    "-",
    "x".repeat(3000)
  };
  private static final List<byte[]> BYTES =
      Stream.of(PIECES).map(piece -> piece.getBytes(StandardCharsets.UTF_8)).toList();

  private static LineSpec spec(LogForm form, String pattern, Map<String, String> fields) {
    String format = form == LogForm.PATTERN ? "yyMMdd HHmmss" : form.isSyslog() ? "" : "iso";
    return new LineSpec(
        form, pattern, fields, format, 2005, "UTC", "(blk_-?\\d+)", Duration.ofMinutes(5), false);
  }

  private static void fuzz(int inputs, LineSpec spec, String... lines) {
    LineParser parser = new LineParser(spec);
    List<byte[]> whole =
        Stream.of(lines).map(line -> line.getBytes(StandardCharsets.UTF_8)).toList();
    for (String line : lines) {
      assertThat(parser.parse(line).reject()).as(line).isNull();
    }
    Fuzz fuzz =
        new Fuzz(
            "log lines, " + spec.form(),
            BUFFERS,
            input -> {
              LogRecord record = parser.parse(new String(input, StandardCharsets.UTF_8));
              assertThat(record.reject() == null).isEqualTo(record.content() != null);
            });
    fuzz.run(23, inputs, Fuzz.mutations(whole, BYTES));
  }

  private static void fuzz(int inputs) {
    fuzz(
        inputs,
        spec(
            LogForm.PATTERN,
            "<Date> <Time> <Pid> <Level> <Component>{[<Thread>]}: <Content>",
            Map.of("timestamp", "<Date> <Time>")),
        "081109 203615 148 INFO dfs.DataNode[7]: block blk_-38 of: x terminating",
        "081109 203615 148 WARN dfs.DataNode: ");
    fuzz(
        inputs,
        spec(
            LogForm.JSON_LINES,
            "",
            Map.of("timestamp", "<ts>", "content", "<msg>", "session", "<a.b>/<run>")),
        "{\"ts\":\"2024-01-01T00:00:00Z\",\"level\":\"warn\",\"msg\":\"a b\",\"a\":{\"b\":1},"
            + "\"run\":3,\"in\":\"{\\\"x\\\":[1,2]}\",\"bytes\":[104,105]}");
    fuzz(
        inputs,
        spec(LogForm.SYSLOG_3164, "", Map.of()),
        "<34>Oct 11 22:14:15 mymachine su[99]: 'su root' failed on /dev/pts/8");
    fuzz(
        inputs,
        spec(LogForm.SYSLOG_5424, "", Map.of()),
        "<165>1 2003-10-11T22:14:15.003Z host evntslog - ID47 [a@32473 iut=\"3\" s=\"A\\\"p\"]"
            + "[b@32473 c=\"high\"] An event");
  }

  @Test
  void aFew() {
    fuzz(500);
  }

  @Test
  @Tag("long")
  void many() {
    fuzz(10_000);
  }
}

package io.longcast.logs.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyslogHeaderTest {
  private final SyslogHeader older = new SyslogHeader(LogForm.SYSLOG_3164);
  private final SyslogHeader newer = new SyslogHeader(LogForm.SYSLOG_5424);

  @Test
  void readsTheOlderForm() {
    assertThat(older.read("<34>Oct 11 22:14:15 gate su[99]: 'su root' failed"))
        .isEqualTo(
            Map.of(
                "level", "crit",
                "facility", "4",
                "timestamp", "Oct 11 22:14:15",
                "host", "gate",
                "component", "su",
                "pid", "99",
                "content", "'su root' failed"));
    assertThat(older.read("Jun  4 15:16:01 combo sshd(pam_unix)[19]: check pass"))
        .containsEntry("timestamp", "Jun 4 15:16:01")
        .containsEntry("component", "sshd(pam_unix)");
    assertThat(older.read("Jun 14 15:16:01 combo kernel: a: b"))
        .containsEntry("component", "kernel")
        .containsEntry("content", "a: b");
  }

  @Test
  void readsWhatDaemonsMakeOfTheOlderForm() {
    assertThat(older.read("2024-02-03T04:05:06.789+01:00 gate su: x"))
        .containsEntry("timestamp", "2024-02-03T04:05:06.789+01:00")
        .containsEntry("host", "gate");
    assertThat(older.read("Oct 11 2023 22:14:15 asa : %ASA-6: y"))
        .as("a tag is asked for")
        .isNull();
    assertThat(older.read("Oct 11 2023 22:14:15 asa %ASA-6: y"))
        .containsEntry("timestamp", "Oct 11 2023 22:14:15");
    assertThat(older.read("Oct 11 22:14:15.123456 gate su: x"))
        .containsEntry("timestamp", "Oct 11 22:14:15.123456");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<",
        "<1",
        "<1234>Oct 11 22:14:15 a b: c",
        "Oct",
        "Oct 11",
        "Oct 11 22:14:15",
        "Oct 11 22:14",
        "oct 11 22:14:15 a b: c",
        "Oct 111 22:14:15 a b: c",
        "Oct 11 22:14:15 host",
        "Oct 11 22:14:15 host :",
        "Oct 11 22:1415 a b: c"
      })
  void otherLinesHaveNoSuchHeader(String line) {
    assertThat(older.read(line)).isNull();
    assertThat(newer.read(line)).isNull();
  }

  @Test
  void readsTheNewerForm() {
    assertThat(
            newer.read(
                "<165>1 2003-10-11T22:14:15.003Z host app - ID47 [x@1 a=\"1\\]\" b=\"]\"][y@2] \uFEFFAn event"))
        .isEqualTo(
            Map.of(
                "level", "notice",
                "facility", "20",
                "timestamp", "2003-10-11T22:14:15.003Z",
                "host", "host",
                "component", "app",
                "msgid", "ID47",
                "data", "[x@1 a=\"1\\]\" b=\"]\"][y@2]",
                "content", "An event"));
    assertThat(newer.read("<13>1 - - - - - -")).containsEntry("content", "").hasSize(3);
    assertThat(newer.read("<13>1 - h a p m [x a=\"open] x")).isNull();
    assertThat(newer.read("<13>1 - h a p m [x]no blank")).isNull();
    assertThat(newer.read("13 - h a p m - x")).isNull();
  }

  /** An element of 20 kB ended the process: the expression recursed once a character. */
  @Test
  void structuredDataOfAnyLengthIsRead() {
    for (int length : new int[] {20_000, 5_000_000}) {
      String data = "[x a=\"" + "y\\\"]".repeat(length / 4) + "\"]";
      assertThat(newer.read("<13>1 - h a p m " + data + " end"))
          .containsEntry("data", data)
          .containsEntry("content", "end");
      assertThat(newer.read("<13>1 - h a p m " + "[x]".repeat(length / 3) + " end")).isNotNull();
      assertThat(newer.read("<13>1 - h a p m [" + "y".repeat(length))).isNull();
    }
  }

  /** The scanner reads what the expressions of RFC 5424 and RFC 3164 say, on mutated lines too. */
  @Test
  void readsWhatTheGrammarSays() {
    Pattern grammar =
        Pattern.compile(
            "<(?<priority>\\d{1,3})>\\d{1,2} (?<timestamp>\\S+) (?<host>\\S+) (?<component>\\S+)"
                + " (?<pid>\\S+) (?<msgid>\\S+) (?<data>-|(?:\\[(?:[^\\]\"]|\"(?:[^\"\\\\]|\\\\.)*\")*\\])+)"
                + "(?: (?:\\uFEFF)?(?<content>.*))?");
    Random random = new Random(3);
    List<String> lines =
        List.of(
            "<165>1 2003-10-11T22:14:15.003Z host app 7 ID47 [x@1 a=\"1\\]\" b=\"]\"][y@2] An event",
            "<13>1 t h a p m - text [x] here",
            "<1>12 t h a p m [][\"\"]");
    int matched = 0;
    for (int i = 0; i < 50_000; i++) {
      String line = mutated(lines.get(i % lines.size()), random);
      Matcher matcher = grammar.matcher(line);
      Map<String, String> fields = newer.read(line);
      assertThat(fields != null).as(line).isEqualTo(matcher.matches());
      if (fields != null) {
        Map<String, String> expected = new HashMap<>();
        for (String name : List.of("timestamp", "host", "component", "pid", "msgid", "data")) {
          if (!matcher.group(name).equals("-")) {
            expected.put(name, matcher.group(name));
          }
        }
        expected.put("content", matcher.group("content") == null ? "" : matcher.group("content"));
        fields.keySet().removeAll(List.of("level", "facility"));
        assertThat(fields).as(line).isEqualTo(expected);
        matched++;
      }
    }
    assertThat(matched).isBetween(10_000, 45_000);
  }

  private static String mutated(String line, Random random) {
    StringBuilder text = new StringBuilder(line);
    for (int i = random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(text.length());
      char c = " []\"\\-<>1a".charAt(random.nextInt(10));
      switch (random.nextInt(3)) {
        case 0 -> text.setCharAt(at, c);
        case 1 -> text.insert(at, c);
        default -> text.deleteCharAt(at);
      }
    }
    return text.toString();
  }
}

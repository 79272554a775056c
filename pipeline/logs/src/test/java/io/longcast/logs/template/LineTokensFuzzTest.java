package io.longcast.logs.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.logs.text.WorkLimitException;
import io.longcast.testing.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lines of any content are masked in time linear in them, or refused for their work. */
class LineTokensFuzzTest {
  private static final long BUFFERS = 4 << 20;
  private static final List<String> MASKS =
      List.of("blk_-?\\d+", "(a+)+b", "(\\w+\\s?)*:", "user=(\\S+)");
  private static final String[] PIECES = {
    "aaaaaaaaaaaaaaaa",
    "a",
    "b",
    " ",
    "\t",
    "\u00A0",
    "<*>",
    "<",
    ">",
    "0x",
    "0xdeadbeef",
    "10.0.0.1:80",
    "::1",
    "fe80::",
    "-",
    "--",
    "1e5",
    ".",
    "/",
    "\\",
    "=",
    "\"",
    "'",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    ";",
    "\u0000",
    "\uFEFF",
    "\uD83D",
    "\uD83D\uDE00",
    "user=",
    "word ".repeat(40),
    "9".repeat(300),
    "550e8400-e29b-41d4-a716-446655440000",
    "%"
  };
  private static final List<String> LINES =
      List.of(
          "Received block blk_-38 of size 67108864 from /10.251.42.84",
          "user=anna logged in from 10.0.0.7:443 (0xdeadbeef) after 1.5 s: \"ok\", 3 retries",
          "kernel: [12345.678] eth0: link up, 100Mbps, full-duplex, lpa 0x45E1");

  private static List<byte[]> bytes(Stream<String> texts) {
    return texts.map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }

  private static void fuzz(int inputs) {
    LineTokens tokens = LineTokens.of(MASKS);
    Fuzz fuzz =
        new Fuzz(
            "log messages",
            BUFFERS,
            input -> {
              String line = new String(input, StandardCharsets.UTF_8);
              String masked = tokens.masked(line);
              assertThat(tokens.masked(line)).isEqualTo(masked);
            },
            WorkLimitException.class);
    fuzz.run(23, inputs, Fuzz.mutations(bytes(LINES.stream()), bytes(Stream.of(PIECES))));
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

package io.longcast.logs.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineInputTest {
  @Test
  void cutsWhatASimpleReaderCutsInEveryEncodingAndBufferSize() throws IOException {
    Random random = new Random(4);
    for (String encoding : List.of("UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32BE", "ISO-8859-1")) {
      Charset charset = Charset.forName(encoding);
      for (int i = 0; i < 300; i++) {
        String text = text(random, random.nextInt(i % 30 == 0 ? 90_000 : 60));
        int unit = new LogFileSpec(encoding, 1 << 20, LogFileSpec.Order.AUTO).unit();
        List<String> lines = new ArrayList<>();
        byte[] bytes = text.getBytes(charset);
        LineInput in =
            new LineInput(trickling(bytes, random), unit, encoding.endsWith("LE"), 1 << 20);
        List<Integer> begins = new ArrayList<>();
        begins.add(0);
        while (in.next()) {
          lines.add(new String(in.bytes(), 0, in.length(), charset));
          begins.add((int) in.consumed());
        }
        assertThat(lines).as(encoding).isEqualTo(text.lines().toList());
        assertThat(in.consumed()).isEqualTo(bytes.length);
        for (int line = 0; line < lines.size(); line++) {
          byte[] own = lines.get(line).getBytes(charset);
          int from = begins.get(line);
          assertThat(java.util.Arrays.copyOfRange(bytes, from, from + own.length)).isEqualTo(own);
        }
      }
    }
  }

  @Test
  void keepsTheBeginOfALineThatIsTooLong() throws IOException {
    byte[] bytes =
        ("a".repeat(200_000) + "\nshort\n" + "b".repeat(1000)).getBytes(StandardCharsets.UTF_8);
    LineInput in = new LineInput(new ByteArrayInputStream(bytes), 1, false, 1000);
    assertThat(in.next()).isTrue();
    assertThat(in.isTooLong()).isTrue();
    assertThat(in.length()).isEqualTo(1000);
    assertThat(in.consumed()).isEqualTo(200_001);
    assertThat(in.next()).isTrue();
    assertThat(in.isTooLong()).isFalse();
    assertThat(in.next()).isTrue();
    assertThat(in.isTooLong()).as("as long as allowed").isFalse();
    assertThat(in.next()).isFalse();
  }

  private static String text(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append("ab\u00e9\n\r c".charAt(random.nextInt(7)));
    }
    return text.toString();
  }

  /** Hands out a few bytes at a time. */
  private static InputStream trickling(byte[] bytes, Random random) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] to, int at, int count) {
        return super.read(
            to, at, Math.min(count, 1 + random.nextInt(random.nextBoolean() ? 3 : 70_000)));
      }
    };
  }
}

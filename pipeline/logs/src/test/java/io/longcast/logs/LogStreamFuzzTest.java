package io.longcast.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.state.StateFormatException;
import io.longcast.testing.Fuzz;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** States of streams of any content, with a checksum that fits, are restored or refused. */
class LogStreamFuzzTest {
  private static final long MODEL_BYTES = 8 << 20;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final List<byte[]> NUMBERS =
      List.of(
          new byte[8],
          ByteBuffer.allocate(8).putLong(-1).array(),
          ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE).array(),
          ByteBuffer.allocate(4).putInt(1 << 20).array(),
          ByteBuffer.allocate(8).putDouble(Double.NaN).array());

  private static byte[] state(LogModel model, int lines) {
    try (LogStream stream = new LogStream(model, TIMEOUT)) {
      String[] words = {"boot", "work 7", "send", "nothing like it", "sleep"};
      for (int i = 0; i < lines; i++) {
        stream.accept("session " + i % 3, words[i % words.length], i, i);
      }
      return stream.state();
    }
  }

  private static byte[] sealed(byte[] bytes) {
    int end = bytes.length - Integer.BYTES;
    if (end > 0) {
      CRC32C sum = new CRC32C();
      sum.update(bytes, 0, end);
      ByteBuffer.wrap(bytes).putInt(end, (int) sum.getValue());
    }
    return bytes;
  }

  private static void fuzz(int inputs) {
    LogModel model = LogStreamTest.logModel();
    List<byte[]> whole = new ArrayList<>();
    for (int lines : new int[] {0, 1, 20, 200}) {
      whole.add(state(model, lines));
    }
    Fuzz.Generator damaged = Fuzz.mutations(whole, NUMBERS);
    Fuzz fuzz =
        new Fuzz(
            "log stream states",
            MODEL_BYTES,
            input -> {
              try (LogStream stream = LogStream.resumed(model, TIMEOUT, input)) {
                assertThat(stream.openSessions()).isNotNegative();
              }
            },
            StateFormatException.class);
    int refused =
        fuzz.run(
            23,
            inputs,
            random -> {
              byte[] bytes = damaged.next(random);
              return random.nextInt(4) > 0 ? sealed(bytes) : bytes;
            });
    assertThat(refused).isPositive();
  }

  @Test
  void aFew() {
    fuzz(300);
  }

  @Test
  @Tag("long")
  void many() {
    fuzz(10_000);
  }
}

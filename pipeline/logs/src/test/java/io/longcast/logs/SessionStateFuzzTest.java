package io.longcast.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.logs.line.LogFileSpec.Order;
import io.longcast.state.StateFormatException;
import io.longcast.testing.Fuzz;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** States of streams of any content, with a checksum that fits, are restored or refused. */
class SessionStateFuzzTest {
  private static final long MODEL_BYTES = 8 << 20;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final List<byte[]> NUMBERS =
      List.of(
          new byte[8],
          ByteBuffer.allocate(8).putLong(-1).array(),
          ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE).array(),
          ByteBuffer.allocate(4).putInt(1 << 20).array(),
          ByteBuffer.allocate(8).putDouble(Double.NaN).array());

  /** States of sessions, and what is in them of the lines that were scored. */
  private static List<SessionState> states(LogModel model) {
    List<SessionState> states = new ArrayList<>();
    SessionKernel.Plan plan = new SessionKernel.Plan(model, "m", TIMEOUT, Order.AUTO);
    try (SessionKernel kernel = new SessionKernel(plan)) {
      for (int lines : new int[] {1, 20, 200}) {
        List<byte[]> chunks = new ArrayList<>();
        for (int i = 0; i < lines; i++) {
          int key = i % 7 == 3 ? -1 : i % SessionScorerTest.KEYS;
          chunks.add(new ArrivedLine(i, "f", i, "h", key, false, "line", null).toBytes());
        }
        states.add(SessionState.of(kernel.take("s", null, chunks, 1000L * lines / 2).state()));
      }
    }
    return states;
  }

  private static void fuzz(int inputs) {
    LogModel model = SessionScorerTest.logModel();
    List<SessionState> states = states(model);
    try (SessionScorer scorer = new SessionScorer(model.sequences())) {
      fuzz(
          inputs,
          states.stream().map(SessionState::toBytes).toList(),
          input -> assertThat(SessionState.of(input).lastSeen()).isGreaterThan(Long.MIN_VALUE));
      SessionState empty = states.get(0);
      fuzz(
          inputs,
          states.stream().map(SessionState::scored).toList(),
          input ->
              assertThat(empty.withScored(input).session("s", scorer.open()).length())
                  .isNotNegative());
    }
  }

  private static void fuzz(int inputs, List<byte[]> whole, Fuzz.Parser target) {
    Fuzz fuzz = new Fuzz("log session states", MODEL_BYTES, target, StateFormatException.class);
    int refused = fuzz.run(23, inputs, Fuzz.sealed(Fuzz.mutations(whole, NUMBERS)));
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

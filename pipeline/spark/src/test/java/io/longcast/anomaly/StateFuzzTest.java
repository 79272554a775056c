package io.longcast.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.anomaly.alarm.AlarmRule;
import io.longcast.anomaly.alarm.OwnStart;
import io.longcast.series.RowAxis;
import io.longcast.series.Segment;
import io.longcast.series.SegmentCodec;
import io.longcast.state.StateFormatException;
import io.longcast.testing.Fuzz;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Stored states of any content, with a checksum that fits, are restored or refused. */
class StateFuzzTest {
  /** A detector that has not seen a row. */
  private static final long BLANK_BYTES = 4 << 20;

  private static final List<byte[]> NUMBERS =
      List.of(
          new byte[8],
          ByteBuffer.allocate(8).putLong(-1).array(),
          ByteBuffer.allocate(8).putLong(Long.MAX_VALUE).array(),
          ByteBuffer.allocate(8).putDouble(Double.NaN).array(),
          ByteBuffer.allocate(8).putDouble(1e308).array(),
          ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE).array(),
          ByteBuffer.allocate(4).putInt(1 << 16).array());

  private static SeriesState state(int steps) {
    AlarmRule rule = new AlarmRule(2, .01, 3, 5, true, OwnStart.of(1.5, .02, share -> 2));
    SeriesState state = SeriesState.start(SeriesStateTest.detector(), 2, 60, rule);
    SeriesStateTest.run(state, 0, steps);
    return state;
  }

  private static List<byte[]> states() {
    List<byte[]> states = new ArrayList<>();
    for (int steps : new int[] {0, 10, 59, 300}) {
      states.add(state(steps).toBytes());
    }
    return states;
  }

  private static List<byte[]> series() {
    List<byte[]> series = new ArrayList<>();
    for (int steps : new int[] {3, 70, 200}) {
      float[][] values = new float[2][steps];
      Segment past = Segment.of("a", new RowAxis(0, null), values[0]);
      past = new SegmentCodec().segment(new SegmentCodec().bytes(past));
      SeriesState state = state(steps);
      series.add(
          new SavedSeries(state, past, new Expectations(2, 0, 0), new StepResults(2, 0, 0))
              .toBytes());
    }
    return series;
  }

  private static void fuzz(int inputs) {
    Fuzz states =
        new Fuzz(
            "detector states",
            BLANK_BYTES,
            input -> SeriesState.fromBytes(input, SeriesStateTest.detector(), 2),
            StateFormatException.class);
    assertThat(states.run(23, inputs, Fuzz.sealed(Fuzz.mutations(states(), NUMBERS)))).isPositive();
    Fuzz series =
        new Fuzz(
            "series states",
            BLANK_BYTES,
            input -> SavedSeries.fromBytes(input, SeriesStateTest.detector(), 2),
            StateFormatException.class);
    assertThat(series.run(24, inputs, Fuzz.sealed(Fuzz.mutations(series(), NUMBERS)))).isPositive();
  }

  @Test
  void aFew() {
    fuzz(1000);
  }

  @Test
  @Tag("long")
  void many() {
    fuzz(15_000);
  }
}

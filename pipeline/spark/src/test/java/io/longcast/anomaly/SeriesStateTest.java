package io.longcast.anomaly;

import static io.longcast.anomaly.score.ComponentSpec.Kind.LONG_SHAPE;
import static io.longcast.anomaly.score.ComponentSpec.Kind.PATTERN;
import static io.longcast.anomaly.score.ComponentSpec.Kind.STUCK;
import static io.longcast.anomaly.score.ComponentSpec.Kind.TEXTURE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.anomaly.alarm.AlarmRateController.Verdict;
import io.longcast.anomaly.alarm.AlarmRule;
import io.longcast.anomaly.alarm.OwnStart;
import io.longcast.anomaly.score.ComponentSpec;
import io.longcast.anomaly.score.DetectorSpec;
import io.longcast.anomaly.score.DriftDistance;
import io.longcast.state.StateFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SeriesStateTest {
  private static final int CHANNELS = 2;
  private static final int LEARNING = 60;
  private static final int STEPS = 2500;
  private static final ScoreTables NONE =
      new ScoreTables(new SurprisalTable[0], new SurprisalTable[0]);
  private static final AlarmRule RULE =
      new AlarmRule(2, .01, 3, 5, true, OwnStart.of(1.5, .02, share -> 2 + Math.log(share) / 4));

  /** Every part there is, so that each stores its state. */
  static DetectorSpec detector() {
    return detector(12);
  }

  private static DetectorSpec detector(int width) {
    return new DetectorSpec(
        Arrays.stream(ComponentSpec.Kind.values())
            .filter(kind -> kind != LONG_SHAPE && kind != TEXTURE)
            .map(kind -> new ComponentSpec(kind, kind == STUCK || kind == PATTERN ? 0 : width, 1))
            .toList(),
        400,
        1e-6,
        3,
        List.of(new DriftDistance.Settings(20, 10, .05, 100, 50, 1)),
        DetectorSpec.Scaling.ROBUST,
        true);
  }

  private static SeriesState start() {
    return SeriesState.start(detector(), CHANNELS, LEARNING, RULE);
  }

  private static SeriesState restored(byte[] bytes) {
    return SeriesState.fromBytes(bytes, detector(), CHANNELS);
  }

  /** Runs a state over some steps; everything it says of them. */
  static List<Object> run(SeriesState state, int from, int to) {
    List<Object> said = new ArrayList<>();
    for (int step = from; step < to; step++) {
      SplittableRandom random = new SplittableRandom(step);
      double wave = Math.sin(2 * Math.PI * step / 48);
      double missing = step % 97 == 0 ? Double.NaN : 0;
      double[] values = {
        wave + random.nextDouble() + missing, 5 - wave + (step / 400 == 3 ? 9 : 0)
      };
      double[] expected = {wave + .5, step % 31 == 0 ? Double.NaN : 5 - wave};
      long micros = step * 1_800_000_000L;
      state.scorer().next(NONE, micros, values, expected, new double[] {.3, .1});
      double largest = state.scorer().parts().largest();
      said.add(largest);
      said.add(state.threshold());
      Verdict verdict =
          state.judge(step % 211 < 4 ? 3 + largest : random.nextDouble(), () -> false);
      said.add(verdict);
      said.add(state.event(verdict, state.view()));
    }
    said.add(state.unfinished());
    return said;
  }

  @Test
  void goesOnToTheBitFromAnyStep() {
    List<Object> whole = run(start(), 0, STEPS);
    assertThat(whole).anyMatch(said -> said == Verdict.BEGINS);
    for (int cut : new int[] {0, 1, LEARNING - 1, LEARNING, 61, 900, 1266, 1700, STEPS - 1}) {
      SeriesState state = start();
      List<Object> first = run(state, 0, cut);
      SeriesState again = restored(state.toBytes());
      assertThat(again)
          .usingRecursiveComparison()
          .withEqualsForType(Double::equals, Double.class)
          .ignoringFieldsMatchingRegexes(SCRATCH)
          .isEqualTo(state);
      assertThat(again.toBytes()).isEqualTo(state.toBytes());
      first.remove(first.size() - 1);
      first.addAll(run(again, cut, STEPS));
      assertThat(first).isEqualTo(whole);
    }
  }

  /** What a step fills before it reads it, and the pattern, whose own test restores it. */
  private static final String SCRATCH =
      ".*\\.(sample|squares|spreads|shares|patterns|pattern|taught)(\\..*)?";

  @Test
  void refusesAStateThatJavaSerialised() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(start());
    }
    assertThatThrownBy(() -> restored(bytes.toByteArray()))
        .isInstanceOf(StateFormatException.class)
        .hasMessageContaining("cannot restore a saved detector state: it does not begin as one")
        .hasMessageContaining("anomaly.resume = false");
  }

  @Test
  void refusesAStateOfAnotherDetector() {
    byte[] bytes = start().toBytes();
    assertThatThrownBy(() -> SeriesState.fromBytes(bytes, detector(24), CHANNELS))
        .hasMessageContaining("saved under another detector than that of this run, 2 channels");
    assertThatThrownBy(() -> SeriesState.fromBytes(bytes, detector(), 1))
        .hasMessageContaining("saved under another detector than that of this run, 1 channels");
  }

  @Test
  void refusesDamagedStates() {
    SeriesState state = start();
    run(state, 0, 300);
    byte[] whole = state.toBytes();
    SplittableRandom random = new SplittableRandom(23);
    for (int i = 0; i < 2000; i++) {
      byte[] damaged =
          Arrays.copyOf(
              whole, random.nextInt(2) == 0 ? whole.length : random.nextInt(whole.length));
      if (damaged.length > 0) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      assertThatThrownBy(() -> restored(damaged)).isInstanceOf(StateFormatException.class);
    }
  }

  /** A change of the fields needs another version of the format, or old states are misread. */
  @Test
  void keepsTheLayoutOfItsVersion() throws NoSuchAlgorithmException {
    AlarmRule rule = new AlarmRule(2, .01, 3, 5, true, OwnStart.of(1.5, .02, share -> 2));
    SeriesState state = SeriesState.start(detector(), CHANNELS, LEARNING, rule);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(state.toBytes());
    assertThat(HexFormat.of().formatHex(hash, 0, 8)).isEqualTo("ebe916a724ff4e40");
  }
}

package io.longcast.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StateFormatTest {
  private static final StateFormat FORMAT = format(3);
  private static final int ROWS = 1000;

  private static StateFormat format(int version) {
    return new StateFormat("test state", version, "start anew (key test.resume)");
  }

  /** A state with a field of each sort and a list. */
  private static final class Live {
    private long number = Long.MIN_VALUE;
    private double real = Double.NEGATIVE_INFINITY;
    private boolean flag = true;
    private TimeUnit unit = TimeUnit.HOURS;
    private final double[] reals = {1, Double.NaN, -0.0};
    private final int[] counts = {7, 0};
    private final List<double[]> rows = new ArrayList<>(List.of(new double[] {4, 5}));

    Live fields(StateFields fields) {
      fields.same("layout", "three reals");
      number = fields.number(number);
      real = fields.real(real);
      flag = fields.flag(flag);
      unit = fields.constant(TimeUnit.class, unit);
      fields.reals(reals);
      fields.counts(counts, 9);
      int count = fields.count(rows.size(), ROWS);
      for (int i = 0; i < count; i++) {
        if (i == rows.size()) {
          rows.add(new double[2]);
        }
        fields.reals(rows.get(i));
      }
      return this;
    }
  }

  private static Live blank() {
    Live live = new Live();
    live.number = 0;
    live.real = 0;
    live.flag = false;
    live.unit = null;
    Arrays.fill(live.reals, 0);
    Arrays.fill(live.counts, 0);
    live.rows.clear();
    return live;
  }

  private static byte[] stored() {
    return FORMAT.write(new Live()::fields);
  }

  private static Live restored(byte[] bytes) {
    return FORMAT.read(bytes, blank()::fields);
  }

  /** Gives damaged content a checksum that matches. */
  private static byte[] sealed(byte[] bytes) {
    int end = bytes.length - Integer.BYTES;
    ByteBuffer.wrap(bytes).putInt(end, StateFormat.crc(bytes, end));
    return bytes;
  }

  @Test
  void restoresEveryFieldToTheBit() {
    for (Live live : List.of(new Live(), blank())) {
      byte[] bytes = FORMAT.write(live::fields);
      assertThat(restored(bytes))
          .usingRecursiveComparison()
          .withEqualsForType(Double::equals, Double.class)
          .isEqualTo(live);
    }
  }

  @Test
  void namesTheVersionItDoesNotKnow() {
    byte[] newer = format(4).write(new Live()::fields);
    assertThatThrownBy(() -> restored(newer))
        .isInstanceOf(StateFormatException.class)
        .hasMessage(
            "cannot restore a saved test state: it has version 4, this program reads version 3;"
                + " start anew (key test.resume)");
    assertThatThrownBy(() -> format(4).read(stored(), blank()::fields))
        .hasMessageContaining("it has version 3, this program reads version 4");
  }

  @Test
  void refusesBytesOfAnotherKind() {
    byte[] other = new StateFormat("other state", 3, "").write(new Live()::fields);
    assertThatThrownBy(() -> restored(other)).hasMessageContaining("does not begin as one");
    byte[] java = {(byte) 0xac, (byte) 0xed, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    assertThatThrownBy(() -> restored(java)).hasMessageContaining("does not begin as one");
  }

  @Test
  void refusesEveryTruncationAndBytesLeftOver() {
    byte[] whole = stored();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> restored(cut)).isInstanceOf(StateFormatException.class);
      if (length > 20) {
        assertThatThrownBy(() -> restored(sealed(cut))).isInstanceOf(StateFormatException.class);
      }
    }
    byte[] longer = sealed(Arrays.copyOf(whole, whole.length + 8));
    assertThatThrownBy(() -> restored(longer))
        .hasMessageContaining("8 bytes remain after its fields");
  }

  @Test
  void refusesEveryFlippedBit() {
    byte[] whole = stored();
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> restored(flipped)).isInstanceOf(StateFormatException.class);
    }
  }

  @Test
  void checksACountBeforeItBelievesIt() {
    byte[] bytes = stored();
    int count = bytes.length - Integer.BYTES - 2 * Double.BYTES - Integer.BYTES;
    for (int declared : new int[] {ROWS + 1, Integer.MAX_VALUE, -1}) {
      byte[] crafted = bytes.clone();
      ByteBuffer.wrap(crafted).putInt(count, declared);
      assertThatThrownBy(() -> restored(sealed(crafted)))
          .hasMessageContaining("a count must be in [0, 1000], found " + declared);
    }
    byte[] more = bytes.clone();
    ByteBuffer.wrap(more).putInt(count, ROWS);
    Live live = blank();
    assertThatThrownBy(() -> FORMAT.read(sealed(more), live::fields))
        .hasMessageContaining("end before its fields do");
    assertThat(live.rows).hasSizeLessThan(3);
  }

  @Test
  void refusesAStateSavedUnderAnotherSetting() {
    byte[] bytes = FORMAT.write(fields -> fields.same("layout", "two reals"));
    assertThatThrownBy(() -> restored(bytes))
        .hasMessageContaining("saved under another layout than that of this run, three reals");
  }

  @Test
  void survivesCraftedFieldsWithoutAnyOtherFailure() {
    SplittableRandom random = new SplittableRandom(23);
    byte[] whole = stored();
    int restored = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] crafted = whole.clone();
      for (int change = random.nextInt(1, 4); change > 0; change--) {
        crafted[random.nextInt(13, crafted.length)] = (byte) random.nextInt();
      }
      try {
        restored(sealed(crafted));
        restored++;
      } catch (StateFormatException refused) {
        assertThat(refused).hasMessageEndingWith("start anew (key test.resume)");
      }
    }
    assertThat(restored).isPositive();
  }
}

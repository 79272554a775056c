package io.longcast.model.zero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.longcast.model.recurrent.Numerics;
import io.longcast.model.zero.network.ZeroNetwork;
import io.longcast.model.zero.network.ZeroShape;
import io.longcast.state.StateFormatException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZeroWeightsTest {

  /** Bit patterns of IEEE 754 binary16. */
  @ParameterizedTest
  @CsvSource({
    "1, 0x3C00",
    "-2, 0xC000",
    "65504, 0x7BFF",
    "6.103515625e-5, 0x0400",
    "5.9604645e-8, 0x0001",
    "0.333251953125, 0x3555",
    "1.00048828125, 0x3C00",
    "1.00146484375, 0x3C02",
    "0, 0x0000"
  })
  void roundsToHalfPrecision(float value, String bits) {
    short half = HalfFloats.toHalf(value);
    assertThat(half).isEqualTo((short) (int) Integer.decode(bits));
    assertThat(HalfFloats.toFloat(half)).isCloseTo(value, within(Math.abs(value) / 1024 + 6e-8f));
  }

  @Test
  void readsWhatItWrote() {
    ZeroShape shape = new ZeroShape(2, 1, 1, 1);
    int count = new ZeroNetwork(shape, 1, 1, 1, Numerics.plain()).layout().length();
    ZeroWeights found = ZeroWeights.fromBytes(new ZeroWeights(shape, filled(count)).toBytes());
    assertThat(found.parameters()).isEqualTo(filled(count));
    assertThat(found.shape()).isEqualTo(shape);
    assertThat(found.id()).hasSize(16);
  }

  @Test
  void refusesWeightsOfAnotherNumber() {
    byte[] bytes = new ZeroWeights(new ZeroShape(2, 1, 1, 1), filled(3)).toBytes();
    assertThatThrownBy(() -> ZeroWeights.fromBytes(bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 3");
  }

  private static float[] filled(int n) {
    float[] x = new float[n];
    Arrays.fill(x, 0.5f);
    return x;
  }

  @Test
  void refusesDamagedBytes() {
    byte[] bytes = new ZeroWeights(new ZeroShape(2, 1, 1, 1), filled(3)).toBytes();
    bytes[bytes.length / 2] ^= 1;
    assertThatThrownBy(() -> ZeroWeights.fromBytes(bytes))
        .isInstanceOf(StateFormatException.class)
        .hasMessageContaining("pretrained network");
  }
}

package io.longcast.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SeriesMomentsTest {
  private static final float[] X = values();

  private static float[] values() {
    Random random = new Random(11);
    float[] x = new float[1000];
    for (int i = 0; i < x.length; i++) {
      x[i] = 1e4f + (float) Math.exp(random.nextGaussian());
    }
    return x;
  }

  private static SeriesMoments of(int from, int to) {
    return SeriesMoments.of(X, null, from, to);
  }

  private static void same(SeriesMoments a, SeriesMoments b) {
    assertThat(a.count()).isEqualTo(b.count());
    assertThat(a.least()).isEqualTo(b.least());
    assertThat(a.mean()).isCloseTo(b.mean(), within(1e-9));
    assertThat(a.squares() / b.squares()).isCloseTo(1, within(1e-9));
    assertThat(a.absolute() / b.absolute()).isCloseTo(1, within(1e-12));
    assertThat(a.logMean()).isCloseTo(b.logMean(), within(1e-12));
    assertThat(a.logSquares() / b.logSquares()).isCloseTo(1, within(1e-6));
  }

  @Test
  void mergesToTheMomentsOfTheWhole() {
    same(of(0, 10).merge(of(10, 700)).merge(of(700, 1000)), of(0, 1000));
  }

  @Test
  void mergesCommutativelyAndAssociatively() {
    SeriesMoments a = of(0, 3);
    SeriesMoments b = of(3, 400);
    SeriesMoments c = of(400, 1000);
    same(a.merge(b), b.merge(a));
    same(a.merge(b).merge(c), a.merge(b.merge(c)));
    assertThat(a.merge(SeriesMoments.EMPTY)).isEqualTo(a);
    assertThat(SeriesMoments.EMPTY.merge(a)).isEqualTo(a);
  }

  @Test
  void mergesSignsSoThatOneNegativeValueForbidsLogarithms() {
    SeriesMoments negative = SeriesMoments.of(new float[] {-1, 2}, null, 0, 2);
    ScaleSpec spec = new ScaleSpec(Transform.LOG_IF_POSITIVE, Center.MEAN, Spread.STD, 1e-3);
    assertThat(of(0, 10).scale(spec).isLog()).isTrue();
    assertThat(of(0, 10).merge(negative).scale(spec).isLog()).isFalse();
  }

  @Test
  void skipsUnobservedValues() {
    SeriesMoments found = SeriesMoments.of(new float[] {1, 999, 3}, new long[] {0b101}, 0, 3);
    assertThat(found.count()).isEqualTo(2);
    assertThat(found.mean()).isEqualTo(2);
    assertThat(found.std()).isEqualTo(1);
  }

  @Test
  void scalesAndUnscalesASeries() {
    ScaleSpec spec = new ScaleSpec(Transform.IDENTITY, Center.MEAN, Spread.STD, 1e-9);
    Scale scale = SeriesMoments.of(new float[] {1, 3}, null, 0, 2).scale(spec);
    assertThat(scale.scale(3)).isCloseTo(1, within(1e-6f));
    assertThat(scale.unscale(scale.scale(17.5f))).isCloseTo(17.5f, within(1e-5f));
  }

  @Test
  void isNotANumberWithoutDataAndStillScales() {
    assertThat(SeriesMoments.EMPTY.std()).isNaN();
    ScaleSpec spec = new ScaleSpec(Transform.IDENTITY, Center.MEAN, Spread.STD, 1e-3);
    assertThat(SeriesMoments.EMPTY.scale(spec).scale(4)).isEqualTo(4);
  }

  @Test
  void refusesWhatMomentsCannotTell() {
    ScaleSpec spec = new ScaleSpec(Transform.IDENTITY, Center.MEDIAN, Spread.MAD, 1e-3);
    assertThatThrownBy(() -> of(0, 10).scale(spec)).hasMessageContaining("scale.spread");
  }
}

package io.longcast.model.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Products of both back ends against sums in double, on sizes that end inside every tile. */
class MatrixProductTest {

  record Size(int m, int n, int k) {}

  static Stream<Size> sizes() {
    return Stream.of(1, 3, 17, 33, 65, 80)
        .flatMap(
            m ->
                Stream.of(1, 5, 16, 48, 63, 129)
                    .flatMap(n -> Stream.of(0, 1, 31, 321).map(k -> new Size(m, n, k))));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void equalsTheSumsInDouble(Size size) {
    for (Backend backend : List.of(Numerics.plain(), Numerics.open())) {
      for (int mode = 0; mode < 10; mode++) {
        check(size, backend.product(), mode);
      }
    }
  }

  /** Modes: transposition of a, of b, accumulation; 8 and 9 are the packed product. */
  private static void check(Size size, MatrixProduct product, int mode) {
    boolean packed = mode >= 8;
    boolean ta = !packed && (mode & 1) != 0;
    boolean tb = !packed && (mode & 2) != 0;
    boolean add = packed ? mode == 9 : (mode & 4) != 0;
    int aStride = (ta ? size.m() : size.k()) + 3;
    int bStride = (tb ? size.k() : size.n()) + 2;
    int cStride = size.n() + 1;
    float[] a = draw((ta ? size.k() : size.m()) * aStride + 5, 1);
    float[] b = draw((tb ? size.n() : size.k()) * bStride + 5, 2);
    float[] c = draw(size.m() * cStride + 5, 3);
    float[] expected = c.clone();
    for (int i = 0; i < size.m(); i++) {
      for (int j = 0; j < size.n(); j++) {
        double sum = add ? c[5 + i * cStride + j] : 0;
        for (int q = 0; q < size.k(); q++) {
          double left = a[5 + (ta ? q * aStride + i : i * aStride + q)];
          sum += left * b[5 + (tb ? j * bStride + q : q * bStride + j)];
        }
        expected[5 + i * cStride + j] = (float) sum;
      }
    }
    if (packed) {
      float[] p = new float[product.packedLength(size.k(), size.n()) + 1];
      Arrays.fill(p, Float.NaN);
      product.pack(size.k(), size.n(), b, 5, bStride, 1, p, 1);
      product.multiplyPacked(size.m(), size.n(), size.k(), a, 5, aStride, p, 1, add, c, 5, cStride);
    } else {
      product.multiply(
          ta, tb, size.m(), size.n(), size.k(), a, 5, aStride, b, 5, bStride, add, c, 5, cStride);
    }
    for (int i = 0; i < c.length; i++) {
      assertThat(Math.abs(c[i] - expected[i]))
          .as("%s mode %d at %d", size, mode, i)
          .isLessThan(2e-4f);
    }
  }

  private static float[] draw(int length, long seed) {
    Random random = new Random(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}

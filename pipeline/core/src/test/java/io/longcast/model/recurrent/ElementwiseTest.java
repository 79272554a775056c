package io.longcast.model.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Functions of both back ends over the whole range of floats, ends and NaN included. */
class ElementwiseTest {
  /** Bit patterns from one to the next; odd, so that every exponent and many fractions occur. */
  private static final int STRIDE = 20_011;

  private static final float[] ENDS = {
    0f,
    -0f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN,
    8f,
    -8f,
    88.7f,
    88.8f,
    -87.3f,
    -87.4f,
    -103f,
    -104f
  };

  enum Name {
    PLAIN,
    VECTOR
  }

  @ParameterizedTest
  @EnumSource(Name.class)
  void exponentialIsAccurate(Name name) {
    float[] x = everywhere();
    float[] y = new float[x.length];
    elementwise(name).exp(x, 0, y, 0, x.length);
    check("exp " + name, x, y, Math::exp, 2e-7);
  }

  @ParameterizedTest
  @EnumSource(Name.class)
  void sigmoidIsAccurate(Name name) {
    float[] x = everywhere();
    float[] y = new float[x.length];
    elementwise(name).sigmoid(x, 0, y, 0, x.length);
    check("sigmoid " + name, x, y, v -> 1 / (1 + Math.exp(-v)), 5e-7);
  }

  @ParameterizedTest
  @EnumSource(Name.class)
  void tanhIsAccurate(Name name) {
    float[] x = everywhere();
    float[] y = new float[x.length];
    elementwise(name).tanh(x, 0, y, 0, x.length);
    check("tanh " + name, x, y, Math::tanh, 5e-7);
  }

  @ParameterizedTest
  @EnumSource(Name.class)
  void aResultDoesNotDependOnItsPlace(Name name) {
    float[] x = everywhere();
    float[] whole = new float[x.length];
    float[] parts = new float[x.length];
    Elementwise functions = elementwise(name);
    functions.tanh(x, 0, whole, 0, x.length);
    for (int i = 0; i < x.length; i += 7) {
      functions.tanh(x, i, parts, i, Math.min(7, x.length - i));
    }
    assertThat(parts).isEqualTo(whole);
  }

  private static Elementwise elementwise(Name name) {
    return (name == Name.PLAIN ? Numerics.plain() : Numerics.open()).elementwise();
  }

  private static float[] everywhere() {
    int count = (int) ((1L << 32) / STRIDE);
    float[] x = new float[count + ENDS.length];
    for (int i = 0; i < count; i++) {
      x[i] = Float.intBitsToFloat(i * STRIDE);
    }
    System.arraycopy(ENDS, 0, x, count, ENDS.length);
    return x;
  }

  /** Relative where the result is normal, else within the smallest normal float. */
  private static void check(
      String what, float[] x, float[] y, DoubleUnaryOperator exact, double tolerance) {
    double worst = 0;
    for (int i = 0; i < x.length; i++) {
      double expected = exact.applyAsDouble(x[i]);
      if (Double.isNaN(expected)) {
        assertThat(y[i]).as("%s of %s", what, x[i]).isNaN();
      } else if (Math.abs(expected) > Float.MAX_VALUE) {
        assertThat(y[i]).as("%s of %s", what, x[i]).isEqualTo((float) expected);
      } else if (Math.abs(expected) >= Float.MIN_NORMAL) {
        worst = Math.max(worst, Math.abs(y[i] / expected - 1));
      } else {
        assertThat(Math.abs(y[i] - expected)).as("%s of %s", what, x[i]).isLessThan(1.2e-38);
      }
    }
    System.out.printf("%s: largest relative error %.2e%n", what, worst);
    assertThat(worst).as(what).isLessThan(tolerance);
  }
}

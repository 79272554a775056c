package io.longcast.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WindowScalerTest {
  private static final float[] WINDOW = {2, 1, 7, 4, 3, 8};

  private final Scale scale = new Scale();

  /** Every way to scale a window. */
  static List<ScalingSpec> all() {
    List<ScalingSpec> all = new ArrayList<>();
    for (Transform transform : List.of(Transform.NONE, Transform.LOG, Transform.ASINH)) {
      for (Level level : Level.values()) {
        for (Spread spread : Spread.values()) {
          all.add(new ScalingSpec(transform, level, spread, 20, true));
        }
      }
    }
    return all;
  }

  private static ScalingSpec plain(Level level, Spread spread) {
    return new ScalingSpec(Transform.NONE, level, spread, 20, true);
  }

  private float[] fit(ScalingSpec spec, float... x) {
    float[] observed = new float[x.length];
    Arrays.fill(observed, 1);
    return fit(spec, x, observed);
  }

  private float[] fit(ScalingSpec spec, float[] x, float[] observed) {
    float[] z = new float[x.length];
    new WindowScaler(spec, 2, x.length).fit(x, observed, 0, scale, z);
    return z;
  }

  private static float[] times(float factor, float offset) {
    float[] y = new float[WINDOW.length];
    for (int j = 0; j < y.length; j++) {
      y[j] = factor * (WINDOW[j] + offset);
    }
    return y;
  }

  @Test
  void countsTheSeasonalDifferencesOfASpreadWithAFloor() {
    fit(plain(Level.MEAN, Spread.DEVIATION), 1, 2, 3, 4, 5, 6);
    assertThat((double) scale.changes())
        .isCloseTo(scale.spread() / (2 + .1 * scale.spread()), within(1e-6));
    fit(plain(Level.MEAN, Spread.DEVIATION), 1, 9, 1, 9, 1, 9);
    assertThat((double) scale.changes()).isCloseTo(10, within(1e-5));
  }

  @Test
  void centresOnTheLastSeasonAndDividesByTheDeviation() {
    float[] z = fit(plain(Level.LAST_SEASON, Spread.DEVIATION), 1, 2, 3, 4, 5, 6);
    double spread = Math.sqrt(3.5) + 1e-6 * 3.5;
    assertThat(scale.level()).isEqualTo(5.5);
    assertThat(scale.spread()).isCloseTo(spread, within(1e-12));
    assertThat(z[0]).isCloseTo((float) (-4.5 / spread), within(1e-6f));
    assertThat(scale.scaled(5)).isCloseTo((float) (-.5 / spread), within(1e-6f));
  }

  @Test
  void knowsEachLevelAndSpread() {
    fit(plain(Level.MEDIAN, Spread.MEDIAN_DEVIATION), WINDOW);
    assertThat(scale.level()).isEqualTo(3.5);
    assertThat(scale.spread()).isCloseTo(1.4826 * 2, within(.04));
    fit(plain(Level.LAST_VALUE, Spread.MEAN_ABSOLUTE), WINDOW);
    assertThat(scale.level()).isEqualTo(8);
    assertThat(scale.spread()).isCloseTo(25.0 / 6, within(1e-12));
    fit(plain(Level.MEAN, Spread.SEASONAL_DIFFERENCE), WINDOW);
    assertThat(scale.level()).isCloseTo(25.0 / 6, within(1e-12));
    assertThat(scale.spread()).isCloseTo((5 + 3 + 4 + 4) / 4.0, within(.04));
    fit(plain(Level.ZERO, Spread.ONE), WINDOW);
    assertThat(scale.raw(3)).isEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("all")
  void comesBack(ScalingSpec spec) {
    fit(spec, WINDOW);
    for (float x : new float[] {.5f, 1, 4, 9, 20}) {
      assertThat(scale.raw(scale.scaled(x))).isCloseTo(x, within(2e-6f * x + 1e-6f));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void comesBackAtAnyMagnitude(ScalingSpec spec) {
    Random random = new Random(5);
    for (double exponent = -30; exponent <= 30; exponent += 5) {
      float unit = (float) Math.pow(10, exponent);
      float[] window = new float[12];
      for (int j = 0; j < window.length; j++) {
        window[j] = unit * (1 + random.nextFloat());
      }
      fit(spec, window);
      for (float x : window) {
        // As near as the float between has it: its rounding counts in spreads, or in logarithms.
        double size = Math.max(Math.abs(scale.transformed(x)), Math.abs(scale.level()));
        double ulp = scale.transform == Transform.NONE ? 0 : Math.ulp((float) size) * x;
        boolean cut = Math.abs((scale.transformed(x) - scale.level()) / scale.spread()) > 100;
        assertThat(cut || near(scale.raw(scale.scaled(x)), x, ulp))
            .as("%s of %s in %s", x, spec, Arrays.toString(window))
            .isTrue();
      }
    }
  }

  private static boolean near(float found, float x, double ulp) {
    return Math.abs((double) found - x) <= 4 * Math.ulp(x) + ulp;
  }

  @ParameterizedTest
  @MethodSource("all")
  void doesNotSeeTheUnit(ScalingSpec spec) {
    if (spec.spread() == Spread.ONE || spec.transform() == Transform.LOG && absolute(spec)) {
      return;
    }
    float[] z = fit(spec, WINDOW);
    float first = scale.relativeSpread();
    float second = scale.seasonality();
    for (float factor : new float[] {1e-6f, 1e6f}) {
      assertThat(fit(spec, times(factor, 0))).containsExactly(z, within(2e-5f));
      assertThat(scale.relativeSpread()).isCloseTo(first, within(1e-4f));
      assertThat(scale.seasonality()).isCloseTo(second, within(1e-4f));
    }
  }

  /** Logarithms have a zero of their own; what is measured from it is not free of units. */
  private static boolean absolute(ScalingSpec spec) {
    return spec.level() == Level.ZERO || spec.spread() == Spread.MEAN_ABSOLUTE;
  }

  @ParameterizedTest
  @MethodSource("all")
  void doesNotSeeTheZeroOfPlainValues(ScalingSpec spec) {
    if (spec.transform() != Transform.NONE || absolute(spec)) {
      return;
    }
    float[] z = fit(spec, WINDOW);
    float first = scale.relativeSpread();
    for (float offset : new float[] {-1000, 1000}) {
      assertThat(fit(spec, times(1, offset))).containsExactly(z, within(2e-3f));
      assertThat(scale.relativeSpread()).isCloseTo(first, within(1e-3f));
    }
  }

  @Test
  void countsOnlyObservedValues() {
    float[] observed = {1, 0, 1, 0, 1, 1};
    float[] x = {1, 1000, 3, 1000, 5, 7};
    fit(plain(Level.MEAN, Spread.DEVIATION), x, observed);
    assertThat(scale.level()).isEqualTo(4);
    assertThat(scale.spread()).isCloseTo(Math.sqrt(20.0 / 3), within(1e-5));
  }

  /** Of the pairs a season of two apart, 1 to 4 and 4 to 9 are observed on both sides. */
  @Test
  void comparesSeasonsThatWereBothObserved() {
    float[] observed = {1, 0, 1, 1, 1, 0};
    float[] x = {1, 1000, 4, 5, 9, 1000};
    fit(plain(Level.LAST_SEASON, Spread.SEASONAL_DIFFERENCE), x, observed);
    assertThat(scale.level()).isEqualTo(9);
    assertThat(scale.spread()).isCloseTo(4, within(.1));
  }

  @Test
  void saysWhetherAllWasObserved() {
    WindowScaler scaler = new WindowScaler(plain(Level.MEAN, Spread.ONE), 2, 3);
    float[] x = {1, 2, 3, 1, 2, 3, 1, 2, 3};
    float[] observed = {1, 1, 1, 1, 0, 1, 0, 0, 0};
    List<Boolean> complete = new ArrayList<>();
    for (int at = 0; at < x.length; at += 3) {
      complete.add(scaler.fit(x, observed, at, scale, new float[9]));
    }
    assertThat(complete).containsExactly(true, false, false);
  }

  @ParameterizedTest
  @MethodSource("all")
  void repeatsAWindowThatNeverChanges(ScalingSpec spec) {
    for (float value : new float[] {0, 1e-20f, 5, -3e20f}) {
      float[] z = fit(spec, value, value, value, value, value, value);
      for (float found : z) {
        assertThat(found).isFinite();
      }
      assertThat(scale.scaled(value + 1)).isFinite();
      assertThat(scale.relativeSpread()).isFinite();
      assertThat(scale.seasonality()).isFinite();
      boolean ofChange = spec.spread().isOfChange();
      assertThat(scale.isConstant()).isEqualTo(ofChange);
      if (ofChange) {
        assertThat(scale.raw(1)).isEqualTo(value);
      }
    }
  }
}

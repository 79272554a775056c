package io.longcast.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowScalerTest {
  private static final int LENGTH = 48;

  private static float[] positive(long seed) {
    Random random = new Random(seed);
    float[] x = new float[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      x[i] = 50 + 20 * (float) Math.sin(i * Math.PI / 12) + random.nextFloat();
    }
    return x;
  }

  private static Scale fit(ScaleSpec spec, float[] x, float[] observed) {
    Scale scale = new Scale();
    new WindowScaler(spec, 24).fit(x, observed, 0, x.length, scale);
    return scale;
  }

  private static void forEverySpec(java.util.function.Consumer<ScaleSpec> check) {
    for (Transform transform : Transform.values()) {
      for (Center center : Center.values()) {
        for (Spread spread : Spread.values()) {
          check.accept(new ScaleSpec(transform, center, spread, 1e-3));
        }
      }
    }
  }

  @Test
  void isInvertibleWhateverTheSettings() {
    float[] mixed = positive(1);
    mixed[7] = -3;
    for (float[] x : new float[][] {positive(2), mixed}) {
      forEverySpec(
          spec -> {
            Scale scale = fit(spec, x, null);
            float[] z = new float[LENGTH];
            scale.scale(x, 0, LENGTH, z, 0);
            scale.unscale(z, 0, LENGTH, z, 0);
            for (int i = 0; i < LENGTH; i++) {
              assertThat(z[i]).as("%s", spec).isCloseTo(x[i], within(70 * 2e-6f));
            }
          });
    }
  }

  @Test
  void doesNotDependOnTheUnit() {
    float[] x = positive(3);
    x[5] = -1;
    for (float[] base : new float[][] {x, positive(4)}) {
      float[] micro = scaled(base, 0x1p-20f);
      forEverySpec(
          spec -> {
            if (spec.spread() == Spread.ONE || unitful(spec, base)) {
              return;
            }
            Scale here = fit(spec, base, null);
            Scale there = fit(spec, micro, null);
            for (int i = 0; i < LENGTH; i++) {
              assertThat(there.scale(micro[i]))
                  .as("%s", spec)
                  .isCloseTo(here.scale(base[i]), within(1e-4f));
            }
          });
    }
  }

  /** The logarithm of a value moves with the unit unless a centre takes the shift away. */
  private static boolean unitful(ScaleSpec spec, float[] x) {
    boolean log = spec.transform() == Transform.LOG_IF_POSITIVE && x[5] > 0;
    return log && (spec.center() == Center.ZERO || spec.spread() == Spread.MEAN_ABS);
  }

  private static float[] scaled(float[] x, float by) {
    float[] y = x.clone();
    for (int i = 0; i < y.length; i++) {
      y[i] *= by;
    }
    return y;
  }

  @Test
  void agreesWithHandWorkedValues() {
    float[] x = {1, 2, 3, 4, 100};
    ScaleSpec robust = new ScaleSpec(Transform.IDENTITY, Center.MEDIAN, Spread.MAD, 1e-9);
    assertThat(fit(robust, x, null).center()).isEqualTo(3);
    assertThat(fit(robust, x, null).spread()).isCloseTo(1.4826, within(1e-6));
    ScaleSpec last = new ScaleSpec(Transform.IDENTITY, Center.LAST, Spread.ONE, 1e-9);
    assertThat(fit(last, x, null).scale(101)).isEqualTo(1f);
    ScaleSpec meanAbs = new ScaleSpec(Transform.IDENTITY, Center.ZERO, Spread.MEAN_ABS, 1e-9);
    assertThat(fit(meanAbs, x, null).spread()).isCloseTo(22, within(1e-6));
    Scale season = new Scale();
    ScaleSpec seasonSpec =
        new ScaleSpec(Transform.IDENTITY, Center.SEASON_MEAN, Spread.SEASON_STD, 1e-9);
    new WindowScaler(seasonSpec, 2).fit(x, null, 0, 4, season);
    assertThat(season.center()).isEqualTo(3.5);
    assertThat(season.spread()).isCloseTo(.5, within(1e-6));
  }

  @Test
  void countsOnlyWhatWasObserved() {
    forEverySpec(
        spec -> {
          float[] x = positive(5);
          float[] observed = new float[LENGTH];
          Arrays.fill(observed, 10, LENGTH, 1);
          Scale expected = new Scale();
          new WindowScaler(spec, 24).fit(x, null, 10, LENGTH - 10, expected);
          Arrays.fill(x, 0, 10, -1e9f);
          Scale found = fit(spec, x, observed);
          assertThat(found.center()).isEqualTo(expected.center());
          assertThat(found.spread()).isEqualTo(expected.spread());
        });
  }

  @Test
  void keepsConstantAndAllMissingWindowsFinite() {
    forEverySpec(
        spec -> {
          for (float value : new float[] {0, 5, -2}) {
            float[] x = new float[LENGTH];
            Arrays.fill(x, value);
            Scale scale = fit(spec, x, new float[LENGTH]);
            assertThat(scale.spread()).as("%s of %s", spec, value).isGreaterThan(0);
            assertThat(scale.scale(value)).isFinite();
            assertThat(scale.unscale(scale.scale(value))).isCloseTo(value, within(1e-5f));
            assertThat(scale.unscale(1e30f)).isFinite();
          }
        });
  }

  @Test
  void takesLogarithmsOnlyWhereAllValuesArePositive() {
    ScaleSpec log = new ScaleSpec(Transform.LOG_IF_POSITIVE, Center.LAST, Spread.STD, 1e-3);
    float[] x = positive(6);
    assertThat(fit(log, x, null).isLog()).isTrue();
    x[3] = 0;
    assertThat(fit(log, x, null).isLog()).isFalse();
  }

  @Test
  void namesTheKeyOfABadFloor() {
    assertThatThrownBy(() -> new ScaleSpec(Transform.IDENTITY, Center.MEAN, Spread.STD, 0))
        .hasMessageContaining("scale.floor");
  }
}

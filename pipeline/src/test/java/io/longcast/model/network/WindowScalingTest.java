package io.longcast.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longcast.model.ModelSpec;
import io.longcast.model.ModelSpec.Level;
import io.longcast.model.ModelSpec.Scaling;
import io.longcast.model.ModelSpec.Spread;
import io.longcast.model.ModelSpec.Transform;
import io.longcast.model.NetworkInputs;
import io.longcast.window.WindowBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WindowScalingTest {
  private static final NetworkInputs INPUTS = NetworkInputs.of(6, 2);

  private static ModelSpec spec(Transform transform, Level level, Spread spread) {
    ModelSpec recipe = Specs.recipe(2, 4, Specs.LEVELS, true);
    return new ModelSpec(
        recipe.shape(),
        recipe.cell(),
        4,
        1,
        0,
        2,
        2,
        new Scaling(transform, level, spread, 20, true),
        recipe.skip(),
        recipe.gate(),
        recipe.convolution(),
        recipe.statics(),
        recipe.output(),
        recipe.decoder(),
        recipe.updater());
  }

  private static ScaledBatch scale(ModelSpec spec, WindowBatch batch) {
    ScaledBatch scaled = new ScaledBatch(batch.capacity(), INPUTS);
    new WindowScaling(spec, 6, 2).scale(batch, scaled, true);
    return scaled;
  }

  private static WindowBatch one(float... context) {
    WindowBatch batch = Windows.empty(INPUTS, 1);
    Windows.add(batch, context, new float[] {3, 5});
    return batch;
  }

  @Test
  void centresOnTheLastSeasonAndDividesByTheDeviation() {
    ModelSpec spec = spec(Transform.NONE, Level.LAST_SEASON, Spread.DEVIATION);
    ScaledBatch scaled = scale(spec, one(1, 2, 3, 4, 5, 6));
    double spread = Math.sqrt(3.5) + 1e-3 * 3.5;
    assertThat(scaled.level[0]).isEqualTo(5.5);
    assertThat(scaled.spread[0]).isCloseTo(spread, within(1e-12));
    assertThat(scaled.context[0]).isCloseTo((float) (-4.5 / spread), within(1e-6f));
    assertThat(scaled.target[1]).isCloseTo((float) (-.5 / spread), within(1e-6f));
  }

  @ParameterizedTest
  @EnumSource(
      value = Transform.class,
      names = {"NONE", "LOG", "ASINH"})
  void comesBackAndDoesNotSeeTheUnit(Transform transform) {
    ModelSpec spec = spec(transform, Level.MEDIAN, Spread.MEDIAN_DEVIATION);
    WindowScaling scaling = new WindowScaling(spec, 6, 2);
    ScaledBatch scaled = new ScaledBatch(1, INPUTS);
    scaling.scale(one(2, 1, 7, 4, 3, 8), scaled, true);
    float[] inOneUnit = scaled.context.clone();
    assertThat(scaling.unscale(scaled, 0, scaled.target[1])).isCloseTo(5, within(1e-5));
    scaling.scale(one(2e6f, 1e6f, 7e6f, 4e6f, 3e6f, 8e6f), scaled, true);
    assertThat(scaled.context).containsExactly(inOneUnit, within(1e-5f));
  }

  @Test
  void countsOnlyObservedValues() {
    ModelSpec spec = spec(Transform.NONE, Level.MEAN, Spread.DEVIATION);
    WindowBatch batch = one(1, 1000, 3, 1000, 5, 7);
    batch.contextObserved()[1] = 0;
    batch.contextObserved()[3] = 0;
    assertThat(scale(spec, batch).level[0]).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource(Spread.class)
  void keepsWindowsThatNeverChangeFinite(Spread spread) {
    for (Transform transform : new Transform[] {Transform.NONE, Transform.LOG, Transform.ASINH}) {
      for (float value : new float[] {0, 1e-20f, 5, -3e20f}) {
        ModelSpec spec = spec(transform, Level.LAST_SEASON, spread);
        ScaledBatch scaled = scale(spec, one(value, value, value, value, value, value));
        for (float z : scaled.context) {
          assertThat(z).isFinite();
        }
        assertThat(scaled.target[0]).isFinite();
        assertThat(scaled.statistics[0]).isFinite();
        assertThat(scaled.statistics[1]).isFinite();
      }
    }
  }

  @Test
  void agreesWithTheJdksFunctions() {
    for (double x = 1e-8; x < 1e9; x *= 1.37) {
      assertThat(Scalars.log(x))
          .isCloseTo(StrictMath.log(x), within(1e-12 * (1 + Math.abs(Math.log(x)))));
    }
    for (double x = -50; x < 50; x += .73) {
      assertThat(Scalars.exp(x) / StrictMath.exp(x)).isCloseTo(1, within(1e-12));
    }
    assertThat(GammaFunction.log(5)).isCloseTo(StrictMath.log(24), within(1e-9));
    assertThat(GammaFunction.digamma(1)).isCloseTo(-0.5772156649015329, within(1e-9));
  }
}

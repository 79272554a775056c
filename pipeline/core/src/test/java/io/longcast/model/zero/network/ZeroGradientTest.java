package io.longcast.model.zero.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longcast.model.network.ParameterLayout.Slice;
import io.longcast.model.recurrent.Numerics;
import io.longcast.model.zero.season.Seasons;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The gradient against central differences along itself, for each part of the parameters. */
class ZeroGradientTest {
  private static final int SERIES = 3;
  private static final int STEPS = 4;
  private static final int[] ORIGINS = {1, 3};

  private final SplittableRandom random = new SplittableRandom(3);
  private final ZeroNetwork network =
      new ZeroNetwork(new ZeroShape(8, 2, 3, 6), SERIES, STEPS, 2, Numerics.plain());
  private final ZeroBatch batch = Features.batch(SERIES, STEPS, random);
  private final float[] coefficients =
      floats(ORIGINS.length * SERIES * ZeroShape.BLOCK * ZeroShape.LEVEL_COUNT);

  @Test
  void isTheSlopeOfTheLoss() {
    float[] parameters = network.initial(1);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] += (float) (0.1 * random.nextGaussian());
    }
    loss(parameters);
    float[] gradient = new float[parameters.length];
    network.backward(batch, coefficients, gradient);
    for (Slice slice : network.layout().slices()) {
      double norm = norm(gradient, slice);
      double step = 3e-3;
      double slope =
          (loss(moved(parameters, gradient, slice, step / norm))
                  - loss(moved(parameters, gradient, slice, -step / norm)))
              / (2 * step);
      assertThat(slope).as(slice.name()).isCloseTo(norm, within(2e-2 * norm));
    }
  }

  private double loss(float[] parameters) {
    network.load(parameters);
    float[] quantiles = network.forward(batch, ORIGINS);
    double sum = 0;
    for (int i = 0; i < coefficients.length; i++) {
      sum += (double) coefficients[i] * quantiles[i];
    }
    return sum;
  }

  private static float[] moved(float[] parameters, float[] gradient, Slice slice, double by) {
    float[] moved = parameters.clone();
    for (int i = slice.offset(); i < slice.end(); i++) {
      moved[i] += (float) (by * gradient[i]);
    }
    return moved;
  }

  private static double norm(float[] gradient, Slice slice) {
    double sum = 0;
    for (int i = slice.offset(); i < slice.end(); i++) {
      sum += (double) gradient[i] * gradient[i];
    }
    return Math.sqrt(sum);
  }

  private float[] floats(int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }

  @Test
  void addsToWhatIsThere() {
    float[] parameters = network.initial(2);
    loss(parameters);
    float[] once = new float[parameters.length];
    network.backward(batch, coefficients, once);
    loss(parameters);
    float[] onOnes = new float[parameters.length];
    Arrays.fill(onOnes, 1f);
    network.backward(batch, coefficients, onOnes);
    for (int i = 0; i < once.length; i++) {
      assertThat(onOnes[i]).isCloseTo(1 + once[i], within(1e-3f + 1e-4f * Math.abs(once[i])));
    }
  }

  /** Random features. */
  static final class Features {
    private Features() {}

    static ZeroBatch batch(int series, int steps, SplittableRandom random) {
      ZeroBatch batch = new ZeroBatch(series, steps);
      batch.begin(series, steps);
      int length = steps * ZeroShape.STEP;
      FeatureWriter writer = new FeatureWriter(length);
      for (int i = 0; i < series; i++) {
        double[] x = new double[length];
        boolean[] observed = new boolean[length];
        for (int t = 0; t < length; t++) {
          x[t] = Math.sin(t / 2.0) + 0.3 * random.nextGaussian();
          observed[t] = random.nextDouble() > 0.1;
        }
        FeatureWriter.fill(x, observed);
        writer.write(x, observed, new Seasons(12, i == 0 ? 0 : 24), batch, i);
      }
      return batch;
    }
  }
}

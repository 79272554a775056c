package io.longcast.model.network;

import io.longcast.model.ModelSpec.Updater;

/**
 * Adam (Kingma and Ba 2015, the efficient form after algorithm 1, as DL4J has it) in one pass over
 * flat vectors, with the gradient's global norm cut first. State: all first moments, then all
 * second moments.
 */
public final class Adam {
  private final Updater spec;

  public Adam(Updater spec) {
    this.spec = spec;
  }

  /** Square root of the sum of squares, in double and in a fixed order. */
  public static double norm(float[] gradient) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < gradient.length; i += 4) {
      a += (double) gradient[i] * gradient[i];
      b += (double) gradient[i + 1] * gradient[i + 1];
      c += (double) gradient[i + 2] * gradient[i + 2];
      d += (double) gradient[i + 3] * gradient[i + 3];
    }
    for (; i < gradient.length; i++) {
      a += (double) gradient[i] * gradient[i];
    }
    return Math.sqrt((a + b) + (c + d));
  }

  /** Euclidean norm of a range. */
  public static double norm(float[] gradient, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += (double) gradient[i] * gradient[i];
    }
    return Math.sqrt(sum);
  }

  /** The factor that brings a gradient of this norm to at most the allowed one. */
  public double clipFactor(double norm) {
    return clipFactor(norm, 1);
  }

  /** The factor that brings a gradient of this norm to at most a share of the allowed one. */
  public double clipFactor(double norm, double share) {
    double most = share * spec.gradientNorm();
    return norm > most ? most / (norm + 1e-6) : 1;
  }

  /**
   * One update.
   *
   * @param iteration updates so far, from 0
   * @param scale the gradient's factor from clipping
   */
  public void update(
      float[] parameters,
      float[] state,
      float[] gradient,
      double scale,
      long iteration,
      double rate) {
    int n = parameters.length;
    float beta1 = (float) spec.beta1();
    float beta2 = (float) spec.beta2();
    float rest1 = (float) (1 - spec.beta1());
    float rest2 = (float) (1 - spec.beta2());
    double correction1 = 1 - StrictMath.pow(spec.beta1(), iteration + 1.0);
    double correction2 = Math.sqrt(1 - StrictMath.pow(spec.beta2(), iteration + 1.0));
    float step = (float) (rate * correction2 / correction1);
    float epsilon = (float) spec.epsilon();
    float factor = (float) scale;
    for (int i = 0; i < n; i++) {
      float g = gradient[i] * factor;
      float m = beta1 * state[i] + rest1 * g;
      float v = beta2 * state[n + i] + rest2 * g * g;
      state[i] = m;
      state[n + i] = v;
      parameters[i] -= step * m / ((float) Math.sqrt(v) + epsilon);
    }
  }
}

package io.longcast.model.zero.synthetic;

import java.util.SplittableRandom;

/** Random numbers of one series. */
final class Draws {
  private final SplittableRandom random;

  Draws(long seed) {
    random = new SplittableRandom(seed);
  }

  /** True with a probability. */
  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** Uniform from {@code from} to {@code to}. */
  double uniform(double from, double to) {
    return from + (to - from) * random.nextDouble();
  }

  /** Uniform in its logarithm; both ends above 0. */
  double logUniform(double from, double to) {
    return Math.exp(uniform(Math.log(from), Math.log(to)));
  }

  /** A whole number from {@code from} to {@code to}, the latter excluded. */
  int whole(int from, int to) {
    return random.nextInt(from, to);
  }

  double gaussian() {
    return random.nextGaussian();
  }

  /** 1 or -1. */
  double sign() {
    return random.nextBoolean() ? 1 : -1;
  }

  /** One of several, drawn uniformly. */
  int one(int... of) {
    return of[random.nextInt(of.length)];
  }

  /** The index of a share; shares sum up to 1. */
  int index(double... shares) {
    double u = random.nextDouble();
    for (int i = 0; i < shares.length - 1; i++) {
      u -= shares[i];
      if (u < 0) {
        return i;
      }
    }
    return shares.length - 1;
  }

  double[] gaussians(int n) {
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = random.nextGaussian();
    }
    return x;
  }

  /** Student's t with {@code freedom} (whole) degrees of freedom. */
  double student(int freedom) {
    double chi = 0;
    for (int i = 0; i < freedom; i++) {
      double g = gaussian();
      chi += g * g;
    }
    return gaussian() / Math.sqrt(chi / freedom);
  }

  /** Gamma by the method of Marsaglia and Tsang (2000), scale 1. */
  double gamma(double shape) {
    if (shape < 1) {
      return gamma(shape + 1) * Math.pow(1 - random.nextDouble(), 1 / shape);
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = gaussian();
      double v = 1 + c * x;
      v = v * v * v;
      if (v > 0 && Math.log(1 - random.nextDouble()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
        return d * v;
      }
    }
  }

  /** Poisson; rounded normal from a mean of 30. */
  double poisson(double mean) {
    if (mean > 30) {
      return Math.max(0, Math.rint(mean + Math.sqrt(mean) * gaussian()));
    }
    double limit = Math.exp(-mean);
    double product = random.nextDouble();
    int count = 0;
    while (product > limit) {
      product *= random.nextDouble();
      count++;
    }
    return count;
  }
}

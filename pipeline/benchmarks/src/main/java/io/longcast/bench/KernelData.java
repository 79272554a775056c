package io.longcast.bench;

import java.util.Random;

/**
 * Eight seeded batches of a workload, so that no contestant works on one that stays in the cache.
 */
final class KernelData {
  static final int BATCHES = 8;
  final float[][] x = new float[BATCHES][];
  final float[][] y = new float[BATCHES][];

  KernelData(KernelWorkload w) {
    Random random = new Random(1);
    for (int i = 0; i < BATCHES; i++) {
      x[i] = draw(random, w.batch * w.steps * w.features);
      y[i] = draw(random, w.batch * KernelWorkload.HORIZON);
    }
  }

  private static float[] draw(Random random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}

package io.longcast.model.network;

import io.longcast.model.NetworkInputs;
import io.longcast.window.WindowBatch;
import io.longcast.window.WindowSpec;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Batches of made-up windows. */
public final class Windows {
  private Windows() {}

  /** A batch without windows. */
  public static WindowBatch empty(NetworkInputs inputs, int capacity) {
    return new WindowBatch(
        capacity,
        new WindowSpec(inputs.contextLength(), inputs.horizon(), 1),
        inputs.pastCovariates(),
        inputs.knownCovariates(),
        inputs.categories().size());
  }

  /** Positive random walks with some values not observed and some windows padded. */
  public static WindowBatch random(NetworkInputs inputs, int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    WindowBatch batch = empty(inputs, size);
    int context = inputs.contextLength();
    for (int i = 0; i < size; i++) {
      int padding = i % 3 == 2 ? context / 2 : 0;
      batch.add(null, 0, context, padding);
      double value = 3 + random.nextDouble();
      for (int j = 0; j < context; j++) {
        value *= j <= padding ? 1 : Math.exp(.3 * random.nextGaussian());
        batch.context()[i * context + j] = (float) value;
        boolean observed = j >= padding && random.nextDouble() > .1;
        batch.contextObserved()[i * context + j] = observed ? 1 : 0;
      }
      for (int t = 0; t < inputs.horizon(); t++) {
        batch.target()[i * inputs.horizon() + t] =
            (float) (value * Math.exp(random.nextGaussian()));
        batch.targetObserved()[i * inputs.horizon() + t] = random.nextDouble() > .1 ? 1 : 0;
      }
      for (int k = 0; k < inputs.categories().size(); k++) {
        batch.statics()[i * inputs.categories().size() + k] =
            random.nextInt(inputs.categories().get(k));
      }
    }
    fill(batch.past(), random);
    fill(batch.known(), random);
    return batch;
  }

  /** Replaces targets by 0, 1, ... */
  static void countTargets(WindowBatch batch, int below) {
    for (int at = 0; at < batch.target().length; at++) {
      batch.target()[at] = at % below;
    }
  }

  private static void fill(float[] to, SplittableRandom random) {
    for (int i = 0; i < to.length; i++) {
      to[i] = (float) random.nextGaussian();
    }
  }

  /** Adds a window without padding, everything observed. */
  static int add(WindowBatch batch, float[] context, float[] target) {
    int i = batch.add(null, 0, context.length, 0);
    System.arraycopy(context, 0, batch.context(), i * context.length, context.length);
    Arrays.fill(batch.contextObserved(), i * context.length, (i + 1) * context.length, 1);
    System.arraycopy(target, 0, batch.target(), i * target.length, target.length);
    Arrays.fill(batch.targetObserved(), i * target.length, (i + 1) * target.length, 1);
    return i;
  }
}

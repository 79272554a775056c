package io.longcast.model.network;

import io.longcast.model.ModelOutput;
import java.util.Arrays;

/**
 * What the weights of classes in training do to probabilities, and back. Weighted cross-entropy is
 * least where a class has {@code weight} times the odds that its frequency gives it (Elkan 2001,
 * theorem 2; Saerens, Latinne and Decaestecker 2002, equation 4). Divided by its weight, a
 * probability is that of the frequencies the network was trained on; the class decided for is the
 * one that the network itself holds most probable, since rare classes were to count.
 */
final class ClassOdds {
  private final double[] weights;

  /**
   * @param output with a weight for each class, or none for equal weights
   */
  ClassOdds(ModelOutput output) {
    weights = new double[output.classes()];
    Arrays.setAll(weights, k -> output.classWeights().isEmpty() ? 1 : output.classWeights().get(k));
  }

  /** Divides the weights out of the network's probabilities, in place. */
  void divideOut(double[] probabilities) {
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      probabilities[k] /= weights[k];
      sum += probabilities[k];
    }
    for (int k = 0; k < weights.length; k++) {
      probabilities[k] /= sum;
    }
  }

  /**
   * The class to decide for.
   *
   * @param probabilities without the weights, from {@code from} on
   */
  int decision(double[] probabilities, int from) {
    int best = 0;
    for (int k = 1; k < weights.length; k++) {
      boolean more =
          weights[k] * probabilities[from + k] > weights[best] * probabilities[from + best];
      best = more ? k : best;
    }
    return best;
  }
}

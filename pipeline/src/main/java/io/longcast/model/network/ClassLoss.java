package io.longcast.model.network;

import io.longcast.model.ModelSpec;
import java.util.List;

/**
 * Cross-entropy of class codes: the extras of a step are the classes' scores, softmax makes them
 * probabilities, and the point is the code of the most probable class. A target outside the codes
 * does not count.
 */
final class ClassLoss implements OutputLoss {
  private final int classes;

  ClassLoss(ModelSpec.Output output) {
    classes = output.classes();
  }

  @Override
  public int extras() {
    return classes;
  }

  @Override
  public boolean extrasTrainTrunk() {
    return true;
  }

  @Override
  public float initialExtra(int extra) {
    return 0;
  }

  @Override
  public List<Double> levels() {
    return List.of();
  }

  @Override
  public void quantiles(Tape tape, int at, double[] into) {}

  @Override
  public double point(Tape tape, int at) {
    int best = 0;
    for (int k = 1; k < classes; k++) {
      best = tape.extra[at * classes + k] > tape.extra[at * classes + best] ? k : best;
    }
    return best;
  }

  /** Writes the probabilities of the classes of one output. */
  void probabilities(Tape tape, int at, double[] into) {
    double most = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      most = Math.max(most, tape.extra[at * classes + k]);
    }
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      into[k] = Scalars.exp(tape.extra[at * classes + k] - most);
      sum += into[k];
    }
    for (int k = 0; k < classes; k++) {
      into[k] /= sum;
    }
  }

  @Override
  public double sum(Tape tape, double gradientScale) {
    int n = tape.size * (tape.point.length / tape.capacity());
    double[] probabilities = new double[classes];
    double sum = 0;
    for (int at = 0; at < n; at++) {
      int target = (int) tape.scaled.target[at];
      boolean counts = tape.scaled.weight[at] > 0 && target >= 0 && target < classes;
      probabilities(tape, at, probabilities);
      sum -= counts ? Scalars.log(Math.max(1e-300, probabilities[target])) : 0;
      for (int k = 0; k < classes; k++) {
        double d = probabilities[k] - (k == target ? 1 : 0);
        tape.dExtra[at * classes + k] = counts ? (float) (gradientScale * d) : 0;
      }
    }
    return sum;
  }
}

package io.longcast.model.network.loss;

import io.longcast.model.ModelOutput;
import io.longcast.series.Scalars;
import java.util.List;

/**
 * Cross-entropy of class codes: the extras of a step are the classes' scores, softmax makes them
 * probabilities, and the point is the code of the most probable class. A target outside the codes
 * does not count.
 */
public final class ClassLoss implements OutputLoss {
  private final int classes;

  ClassLoss(ModelOutput output) {
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
  public void quantiles(Outputs out, int at, double[] into) {}

  @Override
  public double point(Outputs out, int at) {
    int best = 0;
    for (int k = 1; k < classes; k++) {
      best = out.extra[at * classes + k] > out.extra[at * classes + best] ? k : best;
    }
    return best;
  }

  /** Writes the probabilities of the classes of one output. */
  public void probabilities(Outputs out, int at, double[] into) {
    double most = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      most = Math.max(most, out.extra[at * classes + k]);
    }
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      into[k] = Scalars.exp(out.extra[at * classes + k] - most);
      sum += into[k];
    }
    for (int k = 0; k < classes; k++) {
      into[k] /= sum;
    }
  }

  @Override
  public double sum(Outputs out, double gradientScale) {
    int n = out.count();
    double[] probabilities = new double[classes];
    double sum = 0;
    for (int at = 0; at < n; at++) {
      int target = (int) out.target[at];
      boolean counts = out.weight[at] > 0 && target >= 0 && target < classes;
      probabilities(out, at, probabilities);
      sum -= counts ? out.weight[at] * Scalars.log(Math.max(1e-300, probabilities[target])) : 0;
      for (int k = 0; k < classes; k++) {
        double d = probabilities[k] - (k == target ? 1 : 0);
        out.dExtra[at * classes + k] = counts ? (float) (gradientScale * out.weight[at] * d) : 0;
      }
    }
    return sum;
  }
}

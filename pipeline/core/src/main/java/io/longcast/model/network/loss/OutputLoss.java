package io.longcast.model.network.loss;

import io.longcast.model.ModelOutput;
import java.util.List;

/**
 * A loss over the scaled outputs of a network, and how the outputs become forecasts.
 *
 * <p>Losses and gradients are of the weighted mean over the batch's observed targets.
 */
public interface OutputLoss {

  /** Outputs per step in addition to the point. */
  int extras();

  /** Whether gradients of the extras flow into the layers below the heads. */
  boolean extrasTrainTrunk();

  /** Initial values of the biases of the extras. */
  float initialExtra(int extra);

  /**
   * The summed loss of the batch.
   *
   * @param gradientScale where above 0, gradients times this are written to the outputs
   */
  double sum(Outputs out, double gradientScale);

  /** Levels of the quantiles that {@link #quantile} gives, ascending. */
  List<Double> levels();

  /** The point of output index {@code at}, in scaled units. */
  default double point(Outputs out, int at) {
    return out.point[at];
  }

  /** Quantiles of output index {@code at = window * horizon + t}, in scaled units, ascending. */
  void quantiles(Outputs out, int at, double[] into);

  /** The loss of a spec. */
  static OutputLoss of(ModelOutput output) {
    return switch (output.loss()) {
      case MAE, MSE, HUBER -> new PointLoss(output);
      case GAUSSIAN, STUDENT_T -> new DistributionLoss(output);
      case NEGATIVE_BINOMIAL -> new CountLoss(output);
      case CROSS_ENTROPY -> new ClassLoss(output);
    };
  }
}

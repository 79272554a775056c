package io.longcast.model.dl4j;

import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** A loss with its activation, over rows of outputs; sums over rows, as DL4J's losses do. */
interface StepLoss {

  /** The loss of a head: in Java where it is the mean square error, else DL4J's own. */
  static StepLoss of(BaseOutputLayer head, int outputs) {
    boolean squares =
        head.getLossFn().getClass() == LossMSE.class
            && ((LossMSE) head.getLossFn()).getWeights() == null
            && head.getActivationFn() instanceof ActivationIdentity;
    return squares
        ? new SquaredLoss(outputs)
        : new Dl4jLoss(head.getLossFn(), head.getActivationFn(), outputs);
  }

  /**
   * Replaces pre-activations by the gradient of the loss.
   *
   * @param out {@code [rows][outputs]}
   * @param labels {@code [rows][outputs]} from {@code labelsAt}
   * @param mask weight of each row, or null for 1
   * @return the loss
   */
  double gradient(float[] out, float[] labels, int labelsAt, float[] mask, int rows);

  /** Replaces pre-activations by outputs. */
  void activate(float[] out, int rows);
}

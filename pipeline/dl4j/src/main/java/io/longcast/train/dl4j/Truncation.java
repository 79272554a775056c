package io.longcast.train.dl4j;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * Guards against DL4J's truncated backpropagation where it would not train: it returns without an
 * update unless inputs and labels are both sequences, and fails where their lengths differ.
 */
final class Truncation {
  private Truncation() {}

  /** Whether a network is trained by it. */
  static boolean isOf(Model model) {
    BackpropType type =
        model instanceof MultiLayerNetwork layers
            ? layers.getLayerWiseConfigurations().getBackpropType()
            : ((ComputationGraph) model).getConfiguration().getBackpropType();
    return type == BackpropType.TruncatedBPTT;
  }

  /**
   * @param unlabelled minibatches whose labels are not one a step
   * @throws IllegalArgumentException if there are any
   */
  static void requireLabelsEachStep(int unlabelled) {
    if (unlabelled > 0) {
      throw new IllegalArgumentException(
          "BackpropType.TruncatedBPTT needs a label at each step, found "
              + unlabelled
              + " minibatches with one label a sequence or labels of another length, on which DL4J"
              + " would not train. Use BackpropType.Standard, or io.longcast.train.Trainer with"
              + " model.updater.backpropSteps");
    }
  }
}

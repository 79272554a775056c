package io.longcast.model.dl4j;

import io.longcast.model.recurrent.CellSpec;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * The form of a network that {@link StepEngine} steps, or the reason why it does not.
 *
 * @param cells recurrent layers from the input up
 * @param everyStep whether there is a label at each step, instead of one for the last state
 * @param head the output layer
 */
record StepNetwork(List<CellSpec> cells, boolean everyStep, BaseOutputLayer head) {

  static StepNetwork of(MultiLayerNetwork network) {
    refuseOtherTraining(network);
    int top = network.getnLayers() - 1;
    BaseOutputLayer head = head(layer(network, top), top);
    boolean everyStep = head instanceof RnnOutputLayer;
    List<CellSpec> cells = new ArrayList<>();
    for (int l = 0; l < top; l++) {
      boolean last = l == top - 1 && !everyStep;
      cells.add(cell(layer(network, l), l, last));
    }
    for (int l = 0; l <= top; l++) {
      if (network.getLayerWiseConfigurations().getInputPreProcess(l) != null) {
        throw refusal(l, "have no input preprocessor", "one");
      }
    }
    return new StepNetwork(List.copyOf(cells), everyStep, head);
  }

  private static Layer layer(MultiLayerNetwork network, int index) {
    return network.getLayerWiseConfigurations().getConf(index).getLayer();
  }

  private static void refuseOtherTraining(MultiLayerNetwork network) {
    if (network.getLayerWiseConfigurations().getBackpropType() != BackpropType.Standard) {
      throw new IllegalArgumentException(
          "backpropType must be Standard for a step over complete sequences, found "
              + network.getLayerWiseConfigurations().getBackpropType()
              + ": train this network with fit");
    }
    OptimizationAlgorithm algorithm = network.conf().getOptimizationAlgo();
    if (algorithm != OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT) {
      throw new IllegalArgumentException(
          "optimizationAlgo must be STOCHASTIC_GRADIENT_DESCENT, found "
              + algorithm
              + ": train this network with fit");
    }
  }

  private static BaseOutputLayer head(Layer layer, int index) {
    boolean known = layer.getClass() == OutputLayer.class || layer instanceof RnnOutputLayer;
    if (!known || layer.getIDropout() != null) {
      throw refusal(index, "be an OutputLayer or RnnOutputLayer without dropout", layer);
    }
    return (BaseOutputLayer) layer;
  }

  private static CellSpec cell(Layer layer, int index, boolean last) {
    Layer inner = last && layer instanceof LastTimeStep wrapper ? wrapper.getUnderlying() : layer;
    boolean fits = !last || layer instanceof LastTimeStep;
    if (!fits
        || !(inner instanceof KernelRecurrent kernel)
        || kernel.getIDropout() != null
        || kernel.getWeightNoise() != null) {
      String form = "be a KernelRecurrent without dropout and weight noise";
      throw refusal(index, last ? form + ", in LastTimeStep" : form, layer);
    }
    return kernel.cell();
  }

  private static IllegalArgumentException refusal(int index, String expected, Object found) {
    return new IllegalArgumentException(
        "layer "
            + index
            + " must "
            + expected
            + ", found "
            + found
            + ": train this network with fit");
  }

  int outputs() {
    return Math.toIntExact(head.getNOut());
  }
}

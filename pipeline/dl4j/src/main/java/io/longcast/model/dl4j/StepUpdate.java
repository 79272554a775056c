package io.longcast.model.dl4j;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Changes a network's parameters by a gradient, as its own updater does. */
interface StepUpdate {

  /** The update of a network: in Java for the common form of Adam, else DL4J's own. */
  static StepUpdate of(MultiLayerNetwork network) {
    network.initGradientsView();
    return HeapAdam.of(network).orElseGet(() -> new Dl4jUpdate(network));
  }

  /**
   * One update of the network's parameters and updater state.
   *
   * @param parameters those of the network, as read at the start of the step; may be changed
   * @param gradient of the summed loss
   * @param scale factor of the gradient from clipping
   * @param batch examples, by which DL4J's updaters divide
   */
  void apply(float[] parameters, float[] gradient, double scale, int batch);
}

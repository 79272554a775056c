package io.longcast.model.dl4j;

import io.longcast.model.recurrent.Ranges;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What DL4J's solver does after its backward pass: gradient normalization, regularization, updater
 * and schedule by the network's own updater, on its gradient view.
 */
final class Dl4jUpdate implements StepUpdate {
  private final MultiLayerNetwork network;
  private final Gradient views;
  private final INDArray step;

  Dl4jUpdate(MultiLayerNetwork network) {
    this.network = network;
    views = views(network);
    step = network.getFlattenedGradients().reshape(network.numParams());
  }

  private static Gradient views(MultiLayerNetwork network) {
    Gradient all = new DefaultGradient(network.getFlattenedGradients());
    for (int l = 0; l < network.getnLayers(); l++) {
      INDArray part = network.getLayer(l).getGradientsViewArray();
      int index = l;
      Layer layer = network.getLayer(l).conf().getLayer();
      layer
          .initializer()
          .getGradientsFromFlattened(network.getLayer(l).conf(), part)
          .forEach((key, view) -> all.setGradientFor(index + "_" + key, view));
    }
    return all;
  }

  @Override
  public void apply(float[] parameters, float[] gradient, double scale, int batch) {
    if (scale != 1) {
      Ranges.scale((float) scale, gradient, 0, gradient.length);
    }
    HeapCopy.write(gradient, 0, network.getFlattenedGradients());
    network
        .getUpdater()
        .update(
            network,
            views,
            network.getIterationCount(),
            network.getEpochCount(),
            batch,
            LayerWorkspaceMgr.noWorkspaces());
    network.params().subi(step);
  }
}

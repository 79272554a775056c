package io.longcast.bench;

import io.longcast.model.dl4j.Conversion;
import io.longcast.model.dl4j.KernelRecurrent;
import io.longcast.model.recurrent.CellKind;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The networks of a workload: ours and, by conversion, DL4J's own. */
final class KernelNetworks {

  private KernelNetworks() {}

  static MultiLayerNetwork ours(KernelWorkload w, CellKind kind) {
    ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .weightInit(WeightInit.XAVIER)
            .updater(new Adam(1e-3))
            .trainingWorkspaceMode(WorkspaceMode.ENABLED)
            .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
            .list();
    for (int l = 0; l < w.layers; l++) {
      Layer cell =
          new KernelRecurrent.Builder(kind)
              .nIn(l == 0 ? w.features : w.hidden)
              .nOut(w.hidden)
              .build();
      list.layer(l == w.layers - 1 ? new LastTimeStep(cell) : cell);
    }
    list.layer(
        new OutputLayer.Builder(LossFunction.MSE)
            .nIn(w.hidden)
            .nOut(KernelWorkload.HORIZON)
            .activation(Activation.IDENTITY)
            .build());
    MultiLayerNetwork network = new MultiLayerNetwork(list.build());
    network.init();
    return network;
  }

  static MultiLayerNetwork theirs(KernelWorkload w, CellKind kind) {
    return Conversion.toDl4j(ours(w, kind));
  }
}

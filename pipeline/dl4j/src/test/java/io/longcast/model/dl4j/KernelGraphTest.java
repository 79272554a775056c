package io.longcast.model.dl4j;

import static io.longcast.model.dl4j.SmallNetworks.FEATURES;
import static io.longcast.model.dl4j.SmallNetworks.OUTPUTS;
import static io.longcast.model.dl4j.SmallNetworks.STEPS;
import static io.longcast.model.dl4j.SmallNetworks.UNITS;
import static io.longcast.model.dl4j.SmallNetworks.assertClose;
import static io.longcast.model.dl4j.SmallNetworks.mask;
import static io.longcast.model.dl4j.SmallNetworks.perStep;
import static io.longcast.model.dl4j.SmallNetworks.start;
import static io.longcast.model.dl4j.SmallNetworks.x;
import static io.longcast.model.dl4j.SmallNetworks.y;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Our layers in a {@code ComputationGraph} against a {@code MultiLayerNetwork}. */
class KernelGraphTest {
  /** Both are built anew and start from equal parameters; each has an updater of its own. */
  @ParameterizedTest
  @MethodSource("io.longcast.model.dl4j.SmallNetworks#ours")
  void trainsInAComputationGraphAsInAMultiLayerNetwork(KernelRecurrent layer) {
    for (int truncation : new int[] {0, STEPS / 2}) {
      MultiLayerNetwork expected = perStep((KernelRecurrent) layer.clone(), truncation);
      ComputationGraph found = graph((KernelRecurrent) layer.clone(), truncation);
      found.setParams(expected.params());
      DataSet masked = new DataSet(x(), y(), mask(), mask());
      assertClose(found.outputSingle(x()), expected.output(x()), 0);
      INDArray start = expected.params().dup();
      for (int i = 0; i < 5; i++) {
        expected.fit(masked);
        found.fit(masked);
      }
      assertClose(found.params(), expected.params(), 1e-6);
      assertThat(found.score()).isCloseTo(expected.score(), within(1e-6));
      assertThat(start.sub(expected.params()).norm1Number().doubleValue()).isGreaterThan(1);
    }
  }

  private static ComputationGraph graph(KernelRecurrent layer, int truncation) {
    ComputationGraphConfiguration.GraphBuilder builder =
        start()
            .graphBuilder()
            .addInputs("in")
            .addLayer("cell", layer, "in")
            .addLayer(
                "out",
                new RnnOutputLayer.Builder(LossFunction.MSE)
                    .dataFormat(RNNFormat.NCW)
                    .nIn(UNITS)
                    .nOut(OUTPUTS)
                    .activation(Activation.IDENTITY)
                    .build(),
                "cell")
            .setOutputs("out")
            .setInputTypes(InputType.recurrent(FEATURES, STEPS));
    if (truncation > 0) {
      builder
          .backpropType(BackpropType.TruncatedBPTT)
          .tBPTTForwardLength(truncation)
          .tBPTTBackwardLength(truncation);
    }
    ComputationGraph graph = new ComputationGraph(builder.build());
    graph.init();
    return graph;
  }
}

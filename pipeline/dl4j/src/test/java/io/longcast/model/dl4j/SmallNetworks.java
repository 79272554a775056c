package io.longcast.model.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longcast.model.recurrent.CellKind;
import io.longcast.model.recurrent.ResetGate;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Small networks of one recurrent layer, their data, and a comparison of arrays. */
final class SmallNetworks {
  static final int BATCH = 5;
  static final int FEATURES = 3;
  static final int UNITS = 7;
  static final int STEPS = 6;
  static final int OUTPUTS = 2;

  private SmallNetworks() {}

  static Stream<KernelRecurrent> ours() {
    return Stream.of(
        new KernelRecurrent.Builder(CellKind.LSTM).nIn(FEATURES).nOut(UNITS).build(),
        new KernelRecurrent.Builder(CellKind.GRU).nIn(FEATURES).nOut(UNITS).build(),
        new KernelRecurrent.Builder(CellKind.GRU)
            .resetGate(ResetGate.BEFORE_PRODUCT)
            .nIn(FEATURES)
            .nOut(UNITS)
            .build(),
        new KernelRecurrent.Builder(CellKind.RNN).nIn(FEATURES).nOut(UNITS).build());
  }

  static NeuralNetConfiguration.Builder start() {
    return new NeuralNetConfiguration.Builder()
        .seed(11)
        .weightInit(WeightInit.XAVIER)
        .updater(new Adam(1e-2));
  }

  static MultiLayerNetwork perStep(Layer layer, int truncation) {
    long width = layer instanceof Bidirectional ? 2 * UNITS : UNITS;
    NeuralNetConfiguration.ListBuilder list =
        start()
            .list()
            .layer(layer)
            .layer(
                new RnnOutputLayer.Builder(LossFunction.MSE)
                    .dataFormat(RNNFormat.NCW)
                    .nIn(width)
                    .nOut(OUTPUTS)
                    .activation(Activation.IDENTITY)
                    .build());
    if (truncation > 0) {
      list.backpropType(BackpropType.TruncatedBPTT)
          .tBPTTForwardLength(truncation)
          .tBPTTBackwardLength(truncation);
    }
    return init(list.build());
  }

  static MultiLayerNetwork lastStep(Layer layer) {
    return init(
        start()
            .list()
            .layer(new LastTimeStep(layer))
            .layer(
                new OutputLayer.Builder(LossFunction.MSE)
                    .nIn(UNITS)
                    .nOut(OUTPUTS)
                    .activation(Activation.IDENTITY)
                    .build())
            .build());
  }

  static MultiLayerNetwork init(MultiLayerConfiguration conf) {
    MultiLayerNetwork network = new MultiLayerNetwork(conf);
    network.init();
    return network;
  }

  static INDArray x() {
    Nd4j.getRandom().setSeed(3);
    return Nd4j.randn(BATCH, FEATURES, STEPS);
  }

  static INDArray y() {
    return Nd4j.randn(BATCH, OUTPUTS, STEPS);
  }

  /** Rows of different lengths, padded at the end. */
  static INDArray mask() {
    INDArray mask = Nd4j.ones(BATCH, STEPS);
    for (int r = 1; r < BATCH; r++) {
      mask.get(NDArrayIndex.point(r), NDArrayIndex.interval(STEPS - r, STEPS)).assign(0);
    }
    return mask;
  }

  static void assertClose(INDArray found, INDArray expected, double tolerance) {
    assertThat(found.shape()).isEqualTo(expected.shape());
    double worst = found.sub(expected).amaxNumber().doubleValue();
    assertThat(worst).isCloseTo(0, within(tolerance));
  }
}

package io.longcast.model.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Outputs and whole gradients of DL4J's own layers against ours with the same parameters, at sizes
 * that fill no vector, one and three layers, with and without masks.
 */
@Tag("longWithoutVector")
class Dl4jSizesTest {
  private static final int OUTPUTS = 2;

  /** Which of DL4J's cells, and its sizes. */
  record Case(
      String cell, int batch, int steps, int features, int units, int layers, boolean masked) {}

  static List<Case> cases() {
    int[][] sizes = {
      {1, 1, 1, 1}, {3, 5, 1, 3}, {1, 7, 3, 17}, {17, 4, 17, 1}, {5, 3, 2, 33}, {33, 6, 65, 65}
    };
    List<Case> cases = new ArrayList<>();
    for (String cell : List.of("lstm", "tanh", "relu")) {
      for (int[] s : sizes) {
        for (int layers : new int[] {1, 3}) {
          cases.add(new Case(cell, s[0], s[1], s[2], s[3], layers, false));
          cases.add(new Case(cell, s[0], s[1], s[2], s[3], layers, true));
        }
      }
    }
    return cases;
  }

  private static Layer theirs(Case c, int inputs) {
    return switch (c.cell()) {
      case "lstm" ->
          new LSTM.Builder().nIn(inputs).nOut(c.units()).activation(Activation.TANH).build();
      case "tanh" ->
          new SimpleRnn.Builder().nIn(inputs).nOut(c.units()).activation(Activation.TANH).build();
      default ->
          new SimpleRnn.Builder().nIn(inputs).nOut(c.units()).activation(Activation.RELU).build();
    };
  }

  private static MultiLayerNetwork network(Case c) {
    ListBuilder list =
        new NeuralNetConfiguration.Builder().seed(7).weightInit(WeightInit.XAVIER).list();
    for (int l = 0; l < c.layers(); l++) {
      list.layer(theirs(c, l == 0 ? c.features() : c.units()));
    }
    list.layer(
        new RnnOutputLayer.Builder(LossFunction.MSE)
            .dataFormat(RNNFormat.NCW)
            .nIn(c.units())
            .nOut(OUTPUTS)
            .activation(Activation.IDENTITY)
            .build());
    MultiLayerNetwork network = new MultiLayerNetwork(list.build());
    network.init();
    return network;
  }

  /** Rows of different lengths, each of one step or more: DL4J's way with gaps is another. */
  private static INDArray mask(Case c) {
    INDArray mask = Nd4j.ones(c.batch(), c.steps());
    for (int r = 0; r < c.batch(); r++) {
      int length = c.masked() ? 1 + (r + c.steps() / 2) % c.steps() : c.steps();
      if (length < c.steps()) {
        mask.get(NDArrayIndex.point(r), NDArrayIndex.interval(length, c.steps())).assign(0);
      }
    }
    return mask;
  }

  private static INDArray outputs(Case c, MultiLayerNetwork network, INDArray x, INDArray mask) {
    INDArray every = mask.reshape(c.batch(), 1, c.steps());
    INDArray out = network.output(x, false, c.masked() ? mask : null, null);
    return out.mul(every.broadcast(c.batch(), OUTPUTS, c.steps()));
  }

  private static INDArray gradient(
      Case c, MultiLayerNetwork network, INDArray x, INDArray y, INDArray mask) {
    if (c.masked()) {
      network.setLayerMaskArrays(mask, mask);
    }
    network.setInput(x);
    network.setLabels(y);
    network.computeGradientAndScore();
    INDArray gradient = network.gradient().gradient().dup();
    network.clearLayerMaskArrays();
    return gradient;
  }

  private static double error(INDArray found, INDArray expected) {
    double scale = Math.max(1e-3, expected.amaxNumber().doubleValue());
    return found.sub(expected).amaxNumber().doubleValue() / scale;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesOutputsAndGradientsOfDl4j(Case c) {
    MultiLayerNetwork expected = network(c);
    MultiLayerNetwork found = Conversion.toKernels(expected);
    Nd4j.getRandom().setSeed(9);
    INDArray x = Nd4j.randn(c.batch(), c.features(), c.steps());
    INDArray y = Nd4j.randn(c.batch(), OUTPUTS, c.steps());
    INDArray mask = mask(c);
    double output = error(outputs(c, found, x, mask), outputs(c, expected, x, mask));
    INDArray theirs = gradient(c, expected, x, y, mask);
    double gradient = error(gradient(c, found, x, y, mask), theirs);
    System.out.printf("%s output %.1e gradient %.1e%n", c, output, gradient);
    assertThat(output).isLessThan(1e-5);
    assertThat(gradient).isLessThan(2e-5);
    assertThat(theirs.amaxNumber().doubleValue()).isPositive();
  }
}

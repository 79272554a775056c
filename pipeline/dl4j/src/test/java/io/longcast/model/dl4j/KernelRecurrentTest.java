package io.longcast.model.dl4j;

import static io.longcast.model.dl4j.SmallNetworks.BATCH;
import static io.longcast.model.dl4j.SmallNetworks.FEATURES;
import static io.longcast.model.dl4j.SmallNetworks.OUTPUTS;
import static io.longcast.model.dl4j.SmallNetworks.STEPS;
import static io.longcast.model.dl4j.SmallNetworks.UNITS;
import static io.longcast.model.dl4j.SmallNetworks.assertClose;
import static io.longcast.model.dl4j.SmallNetworks.lastStep;
import static io.longcast.model.dl4j.SmallNetworks.mask;
import static io.longcast.model.dl4j.SmallNetworks.perStep;
import static io.longcast.model.dl4j.SmallNetworks.x;
import static io.longcast.model.dl4j.SmallNetworks.y;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.longcast.model.recurrent.CellKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer.TrainingMode;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Our layers inside DL4J against DL4J's own, and in every place where DL4J uses a layer. */
class KernelRecurrentTest {
  static Stream<Layer> theirs() {
    LSTM lstm = new LSTM.Builder().nIn(FEATURES).nOut(UNITS).activation(Activation.TANH).build();
    SimpleRnn tanh =
        new SimpleRnn.Builder().nIn(FEATURES).nOut(UNITS).activation(Activation.TANH).build();
    SimpleRnn relu =
        new SimpleRnn.Builder().nIn(FEATURES).nOut(UNITS).activation(Activation.RELU).build();
    return Stream.of(lstm, tanh, relu, new Bidirectional(Bidirectional.Mode.CONCAT, lstm.clone()));
  }

  @ParameterizedTest
  @MethodSource("theirs")
  void givesTheOutputsAndGradientsOfDl4j(Layer layer) {
    MultiLayerNetwork expected = perStep(layer, 0);
    MultiLayerNetwork found = Conversion.toKernels(expected);
    INDArray x = x();
    INDArray y = y();
    assertClose(found.output(x), expected.output(x), 2e-6);
    for (MultiLayerNetwork network : new MultiLayerNetwork[] {expected, found}) {
      network.setInput(x);
      network.setLabels(y);
      network.computeGradientAndScore();
    }
    assertThat(found.score()).isCloseTo(expected.score(), within(1e-5));
    assertClose(found.gradient().gradient(), expected.gradient().gradient(), 2e-5);
  }

  @ParameterizedTest
  @MethodSource("theirs")
  void trainsAsDl4jDoesOnMaskedSequences(Layer layer) {
    MultiLayerNetwork expected = perStep(layer, 0);
    MultiLayerNetwork found = Conversion.toKernels(expected);
    DataSet data = new DataSet(x(), y(), mask(), mask());
    INDArray start = expected.params().dup();
    for (int i = 0; i < 5; i++) {
      expected.fit(data);
      found.fit(data);
    }
    assertClose(found.params(), expected.params(), 1e-4);
    assertThat(start.sub(expected.params()).norm1Number().doubleValue()).isGreaterThan(1);
  }

  @ParameterizedTest
  @MethodSource("theirs")
  void trainsOnTheLastStepAndContinuesFromDl4jsUpdater(Layer layer) {
    if (layer instanceof Bidirectional) {
      return;
    }
    MultiLayerNetwork expected = lastStep(layer);
    DataSet data = new DataSet(x(), Nd4j.randn(BATCH, OUTPUTS));
    expected.fit(data);
    MultiLayerNetwork found = Conversion.toKernels(expected);
    found.setIterationCount(expected.getIterationCount());
    for (int i = 0; i < 5; i++) {
      expected.fit(data);
      found.fit(data);
    }
    assertClose(found.params(), expected.params(), 1e-4);
    MultiLayerNetwork back = Conversion.toDl4j(found);
    assertClose(back.output(data.getFeatures()), found.output(data.getFeatures()), 2e-6);
  }

  /** Against differences of the score: DL4J's own gradient of a chunk with a state is off. */
  @ParameterizedTest
  @MethodSource("io.longcast.model.dl4j.SmallNetworks#ours")
  void truncatedBackpropagationCarriesTheState(KernelRecurrent layer) {
    MultiLayerNetwork network = perStep(layer, STEPS / 2);
    INDArray x = x();
    INDArray y = y();
    chunk(network, x, y, 0);
    network.updateRnnStateWithTBPTTState();
    chunk(network, x, y, STEPS / 2);
    INDArray gradient = network.gradient().gradient().dup();
    float width = 1e-2f;
    for (int i = 0; i < network.getLayer(0).numParams(); i += 5) {
      float keep = network.params().getFloat(i);
      network.params().putScalar(i, keep + width);
      double up = chunk(network, x, y, STEPS / 2);
      network.params().putScalar(i, keep - width);
      double down = chunk(network, x, y, STEPS / 2);
      network.params().putScalar(i, keep);
      double slope = (up - down) / (2 * width) * BATCH;
      assertThat((double) gradient.getFloat(i)).isCloseTo(slope, within(5e-3));
    }
  }

  private static double chunk(MultiLayerNetwork network, INDArray x, INDArray y, int from) {
    network.setInput(part(x, from));
    network.setLabels(part(y, from));
    network.computeGradientAndScore();
    return network.score();
  }

  private static INDArray part(INDArray sequence, int from) {
    return sequence.get(
        NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(from, from + STEPS / 2));
  }

  @ParameterizedTest
  @MethodSource("io.longcast.model.dl4j.SmallNetworks#ours")
  void stepByStepEqualsTheWholeSequence(KernelRecurrent layer) {
    MultiLayerNetwork network = perStep(layer, 0);
    INDArray x = x();
    INDArray whole = network.output(x);
    network.rnnClearPreviousState();
    for (int t = 0; t < STEPS; t++) {
      INDArray step =
          network.rnnTimeStep(
              x.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(t, t + 1)));
      INDArray expected = whole.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(t));
      assertClose(step.reshape(BATCH, OUTPUTS), expected, 1e-6);
    }
  }

  @ParameterizedTest
  @MethodSource("io.longcast.model.dl4j.SmallNetworks#ours")
  void survivesTheSerializerWithItsUpdater(KernelRecurrent layer) throws IOException {
    MultiLayerNetwork network = lastStep(layer);
    DataSet data = new DataSet(x(), Nd4j.randn(BATCH, OUTPUTS));
    network.fit(data);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ModelSerializer.writeModel(network, bytes, true);
    MultiLayerNetwork read =
        ModelSerializer.restoreMultiLayerNetwork(
            new ByteArrayInputStream(bytes.toByteArray()), true);
    assertThat(read.getLayerWiseConfigurations()).isEqualTo(network.getLayerWiseConfigurations());
    network.fit(data);
    read.fit(data);
    assertThat(read.params()).isEqualTo(network.params());
  }

  @Test
  void dropsInputsInTrainingOnly() {
    KernelRecurrent layer =
        new KernelRecurrent.Builder(CellKind.GRU).nIn(FEATURES).nOut(UNITS).dropOut(.5).build();
    MultiLayerNetwork network = perStep(layer, 0);
    INDArray x = x();
    assertThat(network.output(x, TrainingMode.TEST)).isEqualTo(network.output(x, false));
    assertThat(network.output(x, TrainingMode.TRAIN)).isNotEqualTo(network.output(x, false));
  }

  @Test
  void refusesToConvertAGru() {
    MultiLayerNetwork network =
        perStep(new KernelRecurrent.Builder(CellKind.GRU).nIn(FEATURES).nOut(UNITS).build(), 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Conversion.toDl4j(network))
        .withMessage("kind must be lstm or rnn, found gru: DL4J has no GRU layer");
  }
}

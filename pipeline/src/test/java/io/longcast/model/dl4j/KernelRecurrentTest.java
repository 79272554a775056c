package io.longcast.model.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.longcast.model.recurrent.CellKind;
import io.longcast.model.recurrent.ResetGate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer.TrainingMode;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Our layers inside DL4J against DL4J's own, and in every place where DL4J uses a layer. */
class KernelRecurrentTest {
  private static final int BATCH = 5;
  private static final int FEATURES = 3;
  private static final int UNITS = 7;
  private static final int STEPS = 6;
  private static final int OUTPUTS = 2;

  static Stream<Layer> theirs() {
    LSTM lstm = new LSTM.Builder().nIn(FEATURES).nOut(UNITS).activation(Activation.TANH).build();
    SimpleRnn tanh =
        new SimpleRnn.Builder().nIn(FEATURES).nOut(UNITS).activation(Activation.TANH).build();
    SimpleRnn relu =
        new SimpleRnn.Builder().nIn(FEATURES).nOut(UNITS).activation(Activation.RELU).build();
    return Stream.of(lstm, tanh, relu, new Bidirectional(Bidirectional.Mode.CONCAT, lstm.clone()));
  }

  private static NeuralNetConfiguration.Builder start() {
    return new NeuralNetConfiguration.Builder()
        .seed(11)
        .weightInit(WeightInit.XAVIER)
        .updater(new Adam(1e-2));
  }

  private static MultiLayerNetwork perStep(Layer layer, int truncation) {
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

  private static MultiLayerNetwork lastStep(Layer layer) {
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

  private static MultiLayerNetwork init(MultiLayerConfiguration conf) {
    MultiLayerNetwork network = new MultiLayerNetwork(conf);
    network.init();
    return network;
  }

  private static INDArray x() {
    Nd4j.getRandom().setSeed(3);
    return Nd4j.randn(BATCH, FEATURES, STEPS);
  }

  private static INDArray y() {
    return Nd4j.randn(BATCH, OUTPUTS, STEPS);
  }

  /** Rows of different lengths, padded at the end. */
  private static INDArray mask() {
    INDArray mask = Nd4j.ones(BATCH, STEPS);
    for (int r = 1; r < BATCH; r++) {
      mask.get(NDArrayIndex.point(r), NDArrayIndex.interval(STEPS - r, STEPS)).assign(0);
    }
    return mask;
  }

  private static void assertClose(INDArray found, INDArray expected, double tolerance) {
    assertThat(found.shape()).isEqualTo(expected.shape());
    double worst = found.sub(expected).amaxNumber().doubleValue();
    assertThat(worst).isCloseTo(0, within(tolerance));
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
  @MethodSource("ours")
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

  @ParameterizedTest
  @MethodSource("ours")
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
  @MethodSource("ours")
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

  @ParameterizedTest
  @MethodSource("ours")
  void learnsInAComputationGraph(KernelRecurrent layer) {
    ComputationGraphConfiguration conf =
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
            .setInputTypes(InputType.recurrent(FEATURES, STEPS))
            .build();
    ComputationGraph graph = new ComputationGraph(conf);
    graph.init();
    DataSet data = new DataSet(x(), y());
    graph.fit(data);
    double first = graph.score();
    for (int i = 0; i < 60; i++) {
      graph.fit(data);
    }
    assertThat(graph.score()).isLessThan(.8 * first);
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

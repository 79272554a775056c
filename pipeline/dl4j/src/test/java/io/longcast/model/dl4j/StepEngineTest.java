package io.longcast.model.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longcast.model.recurrent.Backend;
import io.longcast.model.recurrent.CellKind;
import io.longcast.model.recurrent.Numerics;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Our step against DL4J's fit of the same network, and the back ends against each other. */
class StepEngineTest {
  private static final int BATCH = 70;
  private static final int STEPS = 5;
  private static final int FEATURES = 3;
  private static final int UNITS = 9;
  private static final int OUTPUTS = 4;

  private final float[] x = draw(BATCH * STEPS * FEATURES, 1);
  private final float[] y = draw(BATCH * OUTPUTS, 2);

  private static float[] draw(int length, long seed) {
    Random random = new Random(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static MultiLayerNetwork network(CellKind kind, LossFunction loss) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(5)
                .weightInit(WeightInit.XAVIER)
                .updater(new Adam(1e-2))
                .list()
                .layer(new KernelRecurrent.Builder(kind).nIn(FEATURES).nOut(UNITS).build())
                .layer(
                    new LastTimeStep(
                        new KernelRecurrent.Builder(kind).nIn(UNITS).nOut(UNITS).build()))
                .layer(
                    new OutputLayer.Builder(loss)
                        .nIn(UNITS)
                        .nOut(OUTPUTS)
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
    network.init();
    return network;
  }

  private INDArray inputs() {
    return Nd4j.create(x, new long[] {BATCH, STEPS, FEATURES}, 'c').permute(0, 2, 1).dup();
  }

  private static double largest(INDArray difference) {
    return difference.amaxNumber().doubleValue();
  }

  @ParameterizedTest
  @EnumSource(CellKind.class)
  void stepsAsDl4jsFitDoes(CellKind kind) {
    MultiLayerNetwork expected = network(kind, LossFunction.MSE);
    MultiLayerNetwork found = network(kind, LossFunction.MSE);
    DataSet data = new DataSet(inputs(), Nd4j.create(y, new long[] {BATCH, OUTPUTS}, 'c'));
    try (Backend backend = Numerics.open()) {
      StepEngine engine = new StepEngine(found, BATCH, STEPS, backend);
      for (int i = 0; i < 5; i++) {
        expected.fit(data);
        double loss = engine.fit(x, y, BATCH, STEPS);
        assertThat(loss).isCloseTo(expected.score(), within(1e-4));
      }
      float[] out = new float[BATCH * OUTPUTS];
      engine.output(x, BATCH, STEPS, out);
      INDArray outputs = Nd4j.create(out, new long[] {BATCH, OUTPUTS}, 'c');
      assertThat(largest(outputs.sub(found.output(data.getFeatures())))).isLessThan(1e-5);
    }
    assertThat(largest(found.params().sub(expected.params()))).isLessThan(1e-4);
    assertThat(found.getIterationCount()).isEqualTo(expected.getIterationCount());
  }

  static Stream<Supplier<Backend>> backends() {
    return Stream.of(Numerics::open, Numerics::plain, BlasBackend::new);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void repeatsItselfToTheBitAndAgreesWithPlainLoops(Supplier<Backend> open) {
    INDArray first = trained(open.get());
    assertThat(trained(open.get())).isEqualTo(first);
    assertThat(largest(trained(Numerics.plain()).sub(first))).isLessThan(2e-4);
  }

  private INDArray trained(Backend backend) {
    MultiLayerNetwork network = network(CellKind.LSTM, LossFunction.MSE);
    try (backend) {
      StepEngine engine = new StepEngine(network, BATCH, STEPS, backend);
      engine.clipNorm(.5);
      for (int i = 0; i < 10; i++) {
        engine.fit(x, y, BATCH, STEPS);
      }
    }
    return network.params();
  }
}

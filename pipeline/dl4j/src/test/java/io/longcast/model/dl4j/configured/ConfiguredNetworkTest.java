package io.longcast.model.dl4j.configured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longcast.model.Dl4jSpec;
import io.longcast.model.ForecastBatch;
import io.longcast.model.ModelSpec;
import io.longcast.model.ModelSpec.Cell;
import io.longcast.model.ModelSpec.Shape;
import io.longcast.model.NetworkInputs;
import io.longcast.model.Trainable;
import io.longcast.model.Trainable.LossSum;
import io.longcast.model.Trainable.StepReport;
import io.longcast.model.Trainable.StepSettings;
import io.longcast.model.WindowForecaster;
import io.longcast.model.network.Specs;
import io.longcast.model.network.Windows;
import io.longcast.window.WindowBatch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

@Tag("once")
class ConfiguredNetworkTest {
  private static final int HORIZON = 3;
  private static final NetworkInputs INPUTS = NetworkInputs.of(12, HORIZON);
  private static final NetworkInputs RICH = new NetworkInputs(12, HORIZON, 1, 1, 1, List.of(3));

  private static ConfiguredNetwork network(MultiLayerConfiguration layers, NetworkInputs inputs) {
    return new ConfiguredNetwork(Configurations.spec(layers), inputs);
  }

  private static Stream<MultiLayerConfiguration> architectures() {
    return Configurations.all(HORIZON);
  }

  private static float[] parameters(Trainable trainable) {
    float[] parameters = new float[trainable.parameterCount()];
    trainable.store(parameters, null);
    return parameters;
  }

  private static float[] train(ConfiguredNetwork network, int steps) {
    try (Trainable replica = network.open()) {
      replica.initialize(3);
      for (int step = 0; step < steps; step++) {
        replica.step(Windows.random(network.inputs(), 8, step), new StepSettings(step, 1, step));
      }
      return parameters(replica);
    }
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void learnsAndForecastsWithoutReadingTheTargets(MultiLayerConfiguration layers) {
    ConfiguredNetwork network = network(layers, RICH);
    network.requireFits();
    WindowBatch batch = Windows.random(RICH, 8, 1);
    try (Trainable replica = network.open()) {
      replica.initialize(3);
      double before = replica.loss(batch).mean();
      for (int step = 0; step < 60; step++) {
        replica.step(batch, new StepSettings(step, 1, step));
      }
      assertThat(replica.loss(batch).mean()).isLessThan(.8 * before);
      ForecastBatch clean = new ForecastBatch(8, HORIZON, 0);
      ForecastBatch poisoned = new ForecastBatch(8, HORIZON, 0);
      try (WindowForecaster forecaster = network.forecaster(parameters(replica))) {
        forecaster.forecast(batch, clean);
        Arrays.fill(batch.target(), Float.NaN);
        forecaster.forecast(batch, poisoned);
      }
      assertThat(clean.point()).doesNotContain(Float.NaN).isEqualTo(poisoned.point());
    }
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void givesTheSameBitsEveryTime(MultiLayerConfiguration layers) {
    ConfiguredNetwork network = network(layers, RICH);
    assertThat(train(network, 5)).isEqualTo(train(network, 5)).isNotEqualTo(train(network, 4));
  }

  /** Which nd4j would replace by the clock. */
  @Test
  void takesASeedOfZeroAsAnyOther() {
    try (Trainable one = network(Configurations.twoLstms(HORIZON), INPUTS).open();
        Trainable other = network(Configurations.twoLstms(HORIZON), INPUTS).open()) {
      one.initialize(0);
      other.initialize(0);
      assertThat(parameters(one)).isEqualTo(parameters(other));
      one.initialize(1);
      assertThat(parameters(one)).isNotEqualTo(parameters(other));
    }
  }

  /** Dropout, the state of Adam and a rate that falls with the iterations go on as well. */
  @Test
  void goesOnFromStoredVectorsAsIfItHadNeverStopped() {
    Adam adam = new Adam(new StepSchedule(ScheduleType.ITERATION, .02, .5, 2));
    ConfiguredNetwork network = network(Configurations.twoLstms(HORIZON, adam), INPUTS);
    float[] whole = train(network, 6);
    float[] half;
    float[] state;
    try (Trainable first = network.open()) {
      first.initialize(3);
      state = new float[first.updaterStateCount()];
      half = new float[first.parameterCount()];
      for (int step = 0; step < 3; step++) {
        first.step(Windows.random(INPUTS, 8, step), new StepSettings(step, 1, step));
      }
      first.store(half, state);
    }
    try (Trainable second = network.open()) {
      second.step(Windows.random(INPUTS, 8, 99), new StepSettings(0, 1, 99));
      second.load(half, state);
      for (int step = 3; step < 6; step++) {
        second.step(Windows.random(INPUTS, 8, step), new StepSettings(step, 1, step));
      }
      assertThat(parameters(second)).isEqualTo(whole);
    }
  }

  /** Columns, labels and masks as a user of DL4J lays them out by hand; raw values, no scaling. */
  @Test
  void takesTheStepThatDl4jTakes() {
    NetworkInputs inputs = new NetworkInputs(4, 2, 1, 1, 0, List.of(3));
    WindowBatch windows = Windows.random(inputs, 3, 2);
    for (boolean eachStep : new boolean[] {false, true}) {
      MultiLayerConfiguration layers =
          eachStep
              ? Configurations.stepByStep(new Sgd(.1))
              : Configurations.twoLstms(2, new Sgd(.1));
      ConfiguredNetwork network = new ConfiguredNetwork(unscaled(layers), inputs);
      DataSet byHand = byHand(windows, eachStep);
      MultiLayerNetwork plain;
      float[] expected;
      try (Trainable replica = network.open()) {
        replica.initialize(3);
        ((FeedForwardLayer) layers.getConf(0).getLayer()).setNIn(byHand.getFeatures().size(1));
        int last = layers.getConfs().size() - 1;
        ((RnnOutputLayer) layers.getConf(last).getLayer()).setRnnDataFormat(RNNFormat.NCW);
        plain = new MultiLayerNetwork(layers);
        plain.init(Nd4j.createFromArray(parameters(replica)).reshape(1, -1), true);
        Nd4j.getRandom().setSeed(17);
        plain.fit(byHand);
        expected = plain.params().toFloatVector();
        StepReport report = replica.step(windows, new StepSettings(0, 1, 17));
        assertThat(report.loss()).isEqualTo(plain.score());
        assertThat(parameters(replica)).isEqualTo(expected);
      }
    }
  }

  private static ModelSpec unscaled(MultiLayerConfiguration layers) {
    return Specs.plain(Shape.MANY_TO_ONE, Cell.LSTM, 8).withDl4j(new Dl4jSpec(layers.toJson()));
  }

  private static DataSet byHand(WindowBatch w, boolean eachStep) {
    int steps = eachStep ? 6 : 4;
    INDArray x = Nd4j.zeros(3, eachStep ? 7 : 8, steps);
    INDArray y = Nd4j.zeros(3, eachStep ? 1 : 2, steps);
    INDArray mask = Nd4j.zeros(3, eachStep ? 1 : 2, steps);
    for (int i = 0; i < 3; i++) {
      double[] known = covariate(w.known(), i * 6, 6, w.padding(i));
      double[] past = covariate(w.past(), i * 4, 4, w.padding(i));
      for (int t = 0; t < steps; t++) {
        boolean context = t < 4;
        x.putScalar(i, 0, t, context ? w.context()[i * 4 + t] : 0);
        x.putScalar(i, 1, t, context ? w.contextObserved()[i * 4 + t] : 0);
        x.putScalar(i, 2, t, context ? past[t] : 0);
        x.putScalar(i, 3, t, known[t]);
        int code = eachStep ? 4 : 5;
        if (!eachStep) {
          x.putScalar(i, 4, t, known[t + 2]);
        }
        x.putScalar(i, code + w.statics()[i], t, 1);
      }
      for (int h = 0; h < 2; h++) {
        int[] place = eachStep ? new int[] {i, 0, 4 + h} : new int[] {i, h, 3};
        boolean counts = w.targetObserved()[i * 2 + h] != 0;
        y.putScalar(place, counts ? w.target()[i * 2 + h] : 0);
        mask.putScalar(place, counts ? 1 : 0);
      }
    }
    // Dropout draws in the order of the elements.
    return new DataSet(x.dup('f'), y.dup('f'), null, mask.dup('f'));
  }

  /** Mean 0 and deviation 1 over what is not padding, as the built-in network scales it. */
  private static double[] covariate(float[] from, int at, int count, int padding) {
    double mean = 0;
    double size = 0;
    for (int j = padding; j < count; j++) {
      mean += from[at + j] / (double) (count - padding);
      size += Math.abs(from[at + j]) / (double) (count - padding);
    }
    double squares = 0;
    for (int j = padding; j < count; j++) {
      squares += Math.pow(from[at + j] - mean, 2) / (count - padding);
    }
    double[] scaled = new double[count];
    for (int j = 0; j < count; j++) {
      scaled[j] = (float) ((from[at + j] - mean) * (1 / (Math.sqrt(squares) + 1e-3 * size)));
    }
    return scaled;
  }

  @Test
  void countsObservedTargetsAlone() {
    ConfiguredNetwork network = network(Configurations.twoLstms(HORIZON), INPUTS);
    WindowBatch batch = Windows.random(INPUTS, 8, 1);
    try (Trainable replica = network.open()) {
      replica.initialize(3);
      LossSum clean = replica.loss(batch);
      int observed = 0;
      for (int at = 0; at < batch.target().length; at++) {
        observed += (int) batch.targetObserved()[at];
        batch.target()[at] = batch.targetObserved()[at] == 0 ? 1e30f : batch.target()[at];
      }
      assertThat(replica.loss(batch)).isEqualTo(clean);
      assertThat(clean.weight()).isEqualTo(observed / (double) HORIZON).isLessThan(8);
      Arrays.fill(batch.targetObserved(), 0);
      assertThat(replica.loss(batch)).isEqualTo(new LossSum(0, 0));
    }
  }

  /** A weight decay of its own would change the sum, not what the data say. */
  @Test
  void leavesRegularizationOutOfTheValidationLoss() {
    MultiLayerConfiguration plain = Configurations.lastState(recurrent(), HORIZON);
    MultiLayerConfiguration decayed = Configurations.lastState(recurrent(), HORIZON);
    decayed
        .getConfs()
        .forEach(
            conf -> {
              if (conf.getLayer() instanceof BaseLayer layer) {
                layer.setRegularization(List.of(new L2Regularization(10)));
              }
            });
    WindowBatch batch = Windows.random(INPUTS, 8, 1);
    double[] losses =
        Stream.of(plain, decayed)
            .mapToDouble(
                layers -> {
                  try (Trainable replica = network(layers, INPUTS).open()) {
                    replica.initialize(3);
                    return replica.loss(batch).mean();
                  }
                })
            .toArray();
    assertThat(losses[1]).isCloseTo(losses[0], within(1e-5));
  }

  private static LastTimeStep recurrent() {
    return new LastTimeStep(new LSTM.Builder().nOut(8).build());
  }

  @Test
  void multipliesTheRatesOfTheConfiguration() {
    double still = moved(new Sgd(.1), 0, 0);
    double once = moved(new Sgd(.1), 0, 1);
    double twice = moved(new Sgd(.1), 0, 2);
    double scheduled = moved(new Sgd(new StepSchedule(ScheduleType.ITERATION, .1, .5, 1)), 2, 4);
    assertThat(still).isZero();
    assertThat(once).isPositive();
    assertThat(twice).isCloseTo(2 * once, within(1e-3 * once));
    assertThat(scheduled).isCloseTo(once, within(1e-3 * once));
  }

  private static double moved(IUpdater updater, long iteration, double factor) {
    try (Trainable replica = network(Configurations.stepByStep(updater), INPUTS).open()) {
      replica.initialize(3);
      float[] before = parameters(replica);
      replica.step(Windows.random(INPUTS, 8, 1), new StepSettings(iteration, factor, 1));
      float[] after = parameters(replica);
      double sum = 0;
      for (int i = 0; i < after.length; i++) {
        sum += Math.abs(after[i] - before[i]);
      }
      return sum;
    }
  }

  @Test
  void cutsTheGradientAfterAFailedRoundOnly() {
    MultiLayerConfiguration layers = Configurations.stepByStep(new Sgd(1));
    try (Trainable replica = network(layers, INPUTS).open()) {
      replica.initialize(3);
      float[] start = parameters(replica);
      WindowBatch batch = Windows.random(INPUTS, 8, 1);
      StepReport free = replica.step(batch, new StepSettings(0, 1, 1));
      double[] norms = new double[replica.layers().size()];
      replica.layerNorms(norms);
      assertThat(replica.layers()).containsExactly("0 LSTM", "1 RnnOutputLayer");
      assertThat(free.clipped()).isFalse();
      assertThat(Math.hypot(norms[0], norms[1]))
          .isCloseTo(free.gradientNorm(), within(1e-6 * free.gradientNorm()));
      assertThat(distance(start, parameters(replica)))
          .isCloseTo(free.gradientNorm(), within(1e-3 * free.gradientNorm()));
      replica.load(start, null);
      StepReport cut = replica.step(batch, new StepSettings(0, 1, 1, .01, false));
      assertThat(cut.clipped()).isTrue();
      assertThat(cut.gradientNorm()).isEqualTo(free.gradientNorm());
      assertThat(distance(start, parameters(replica))).isCloseTo(.01, within(1e-4));
    }
  }

  private static double distance(float[] one, float[] other) {
    double squares = 0;
    for (int i = 0; i < one.length; i++) {
      squares += Math.pow(one[i] - (double) other[i], 2);
    }
    return Math.sqrt(squares);
  }

  /** AdaGrad's sums start at its epsilon, not at zero. */
  @Test
  void startsTheUpdaterAsDl4jDoes() {
    try (Trainable replica = network(Configurations.stepByStep(new AdaGrad(.1)), INPUTS).open()) {
      replica.initialize(3);
      float[] state = new float[replica.updaterStateCount()];
      float[] start = parameters(replica);
      replica.store(start, state);
      assertThat(state).contains((float) AdaGrad.DEFAULT_ADAGRAD_EPSILON);
      replica.step(Windows.random(INPUTS, 8, 1), new StepSettings(0, 1, 1));
      replica.load(start, null);
      float[] again = new float[state.length];
      replica.store(start, again);
      assertThat(again).isEqualTo(state);
    }
  }

  @Test
  void averagesTheMembersOfAnEnsembleInScaledUnits() {
    ConfiguredNetwork network = network(Configurations.twoLstms(HORIZON), INPUTS);
    float[] one = train(network, 2);
    float[] other = train(network, 9);
    float[] both = Arrays.copyOf(one, 2 * one.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    assertThat(network.parameters()).isEqualTo(one.length);
    float[] first = forecast(network, one);
    float[] second = forecast(network, other);
    float[] mean = forecast(network, both);
    for (int k = 0; k < mean.length; k++) {
      double geometric = Math.sqrt((double) first[k] * second[k]);
      assertThat((double) mean[k]).isCloseTo(geometric, within(1e-4 * geometric));
    }
  }

  private static float[] forecast(ConfiguredNetwork network, float[] parameters) {
    ForecastBatch into = new ForecastBatch(8, HORIZON, 0);
    try (WindowForecaster forecaster = network.forecaster(parameters)) {
      forecaster.forecast(Windows.random(INPUTS, 8, 1), into);
    }
    return into.point();
  }

  @Test
  void writesAFileThatDl4jReads() throws IOException {
    ConfiguredNetwork network = network(Configurations.twoLstms(HORIZON), INPUTS);
    float[] parameters = train(network, 3);
    byte[] file = network.file(parameters);
    MultiLayerNetwork restored =
        ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(file), false);
    assertThat(restored.params().toFloatVector()).isEqualTo(parameters);
    assertThat(restored.getLayer(0).getParam("W").size(0)).isEqualTo(4);
    assertThat(network.file(parameters)).isEqualTo(file);
  }
}

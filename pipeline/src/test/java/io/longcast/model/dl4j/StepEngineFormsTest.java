package io.longcast.model.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.longcast.model.recurrent.Backend;
import io.longcast.model.recurrent.CellKind;
import io.longcast.model.recurrent.Numerics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossL1;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossPoisson;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

/**
 * Every form of network that our step takes, against DL4J's fit of the same network: label for the
 * last state or at each step, masks, losses, updaters, schedules, regularization.
 */
class StepEngineFormsTest {
  private static final int BATCH = 67;
  private static final int STEPS = 5;
  private static final int FEATURES = 3;
  private static final int UNITS = 6;
  private static final int OUTPUTS = 4;

  /** A form: what differs from a plain network, in its defaults and its head. */
  record Form(
      String name,
      boolean everyStep,
      boolean masked,
      ILossFunction loss,
      Activation activation,
      Consumer<NeuralNetConfiguration.Builder> defaults) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Form> forms() {
    List<Form> forms = new ArrayList<>();
    for (boolean everyStep : new boolean[] {false, true}) {
      for (boolean masked : new boolean[] {false, true}) {
        forms.add(head(everyStep, masked, new LossMSE(), Activation.IDENTITY));
        forms.add(head(everyStep, masked, new LossMCXENT(), Activation.SOFTMAX));
        forms.add(head(everyStep, masked, new LossBinaryXENT(), Activation.SIGMOID));
        forms.add(head(everyStep, masked, new LossL1(), Activation.TANH));
      }
      INDArray weights = Nd4j.createFromArray(1f, .5f, 2f, 0f);
      forms.add(head(everyStep, false, new LossMSE(weights), Activation.IDENTITY));
      forms.add(head(everyStep, true, new LossPoisson(), Activation.SOFTPLUS));
    }
    forms.add(settings("sgd", b -> b.updater(new Sgd(.1))));
    forms.add(settings("nesterovs", b -> b.updater(new Nesterovs(.05, .9))));
    forms.add(settings("rmsprop", b -> b.updater(new RmsProp(.01))));
    forms.add(settings("adagrad", b -> b.updater(new AdaGrad(.05))));
    forms.add(settings("adadelta", b -> b.updater(new AdaDelta())));
    forms.add(settings("amsgrad", b -> b.updater(new AMSGrad(.01))));
    forms.add(settings("nadam", b -> b.updater(new Nadam(.01))));
    forms.add(
        settings(
            "adam, rate by iteration",
            b -> b.updater(new Adam(new ExponentialSchedule(ScheduleType.ITERATION, .02, .8)))));
    forms.add(
        settings(
            "nesterovs, rate by iteration",
            b -> b.updater(new Nesterovs(new StepSchedule(ScheduleType.ITERATION, .1, .5, 2)))));
    forms.add(settings("l1 and l2", b -> b.l1(1e-3).l2(1e-2)));
    forms.add(settings("weight decay", b -> b.weightDecay(1e-2)));
    forms.add(settings("another updater for biases", b -> b.biasUpdater(new Sgd(.1))));
    forms.add(settings("no mean over the minibatch", b -> b.miniBatch(false)));
    forms.add(
        settings(
            "clipped by layer",
            b ->
                b.gradientNormalization(GradientNormalization.ClipL2PerLayer)
                    .gradientNormalizationThreshold(.1)));
    forms.add(settings("constrained", b -> b.constrainWeights(new MaxNormConstraint(.5, 1))));
    return forms.stream();
  }

  private static Form head(
      boolean everyStep, boolean masked, ILossFunction loss, Activation activation) {
    String name = loss + (everyStep ? ", each step" : ", last state") + (masked ? ", masked" : "");
    return new Form(name, everyStep, masked, loss, activation, b -> {});
  }

  private static Form settings(String name, Consumer<NeuralNetConfiguration.Builder> defaults) {
    return new Form(name, false, false, new LossMSE(), Activation.IDENTITY, defaults);
  }

  private static ListBuilder list(Consumer<NeuralNetConfiguration.Builder> defaults) {
    NeuralNetConfiguration.Builder builder =
        new NeuralNetConfiguration.Builder()
            .seed(5)
            .weightInit(WeightInit.XAVIER)
            .updater(new Adam(1e-2));
    defaults.accept(builder);
    return builder.list();
  }

  private static KernelRecurrent cell(CellKind kind, int inputs) {
    return new KernelRecurrent.Builder(kind).nIn(inputs).nOut(UNITS).build();
  }

  private static MultiLayerNetwork network(Form form) {
    Layer top = cell(CellKind.GRU, UNITS);
    return network(
        list(form.defaults())
            .layer(cell(CellKind.LSTM, FEATURES))
            .layer(form.everyStep() ? top : new LastTimeStep(top))
            .layer(head(form)));
  }

  private static Layer head(Form form) {
    return form.everyStep()
        ? new RnnOutputLayer.Builder(form.loss())
            .nIn(UNITS)
            .nOut(OUTPUTS)
            .dataFormat(RNNFormat.NCW)
            .activation(form.activation())
            .build()
        : new OutputLayer.Builder(form.loss())
            .nIn(UNITS)
            .nOut(OUTPUTS)
            .activation(form.activation())
            .build();
  }

  private static MultiLayerNetwork network(ListBuilder list) {
    MultiLayerNetwork network = new MultiLayerNetwork(list.build());
    network.init();
    return network;
  }

  /** Labels that every loss takes: rows of positive shares that add up to 1. */
  private static float[] labels(int rows, Random random) {
    float[] y = new float[rows * OUTPUTS];
    for (int r = 0; r < rows; r++) {
      float sum = 0;
      for (int i = r * OUTPUTS; i < (r + 1) * OUTPUTS; i++) {
        y[i] = random.nextFloat() + .01f;
        sum += y[i];
      }
      for (int i = r * OUTPUTS; i < (r + 1) * OUTPUTS; i++) {
        y[i] /= sum;
      }
    }
    return y;
  }

  private static StepBatch batch(Form form) {
    Random random = new Random(4);
    float[] x = new float[BATCH * STEPS * FEATURES];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    float[] y = labels(form.everyStep() ? BATCH * STEPS : BATCH, random);
    if (!form.masked()) {
      return StepBatch.of(x, y, BATCH, STEPS);
    }
    float[] mask = new float[BATCH * STEPS];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = i % STEPS < 1 + i / STEPS % STEPS ? 1 : 0;
    }
    return new StepBatch(x, y, Optional.of(mask), Optional.empty(), BATCH, STEPS);
  }

  private static DataSet dataSet(StepBatch b, boolean everyStep) {
    INDArray x =
        Nd4j.create(b.x(), new long[] {BATCH, STEPS, FEATURES}, 'c').permute(0, 2, 1).dup();
    INDArray y =
        everyStep
            ? Nd4j.create(b.y(), new long[] {BATCH, STEPS, OUTPUTS}, 'c').permute(0, 2, 1).dup()
            : Nd4j.create(b.y(), new long[] {BATCH, OUTPUTS}, 'c');
    INDArray mask = b.mask().map(m -> Nd4j.create(m, new long[] {BATCH, STEPS}, 'c')).orElse(null);
    return new DataSet(x, y, mask, everyStep ? mask : null);
  }

  private static double largest(INDArray difference) {
    return difference.amaxNumber().doubleValue();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void stepsAsDl4jsFitDoes(Form form) {
    MultiLayerNetwork expected = network(form);
    MultiLayerNetwork found = network(form);
    INDArray start = found.params().dup();
    StepBatch batch = batch(form);
    DataSet data = dataSet(batch, form.everyStep());
    try (Backend backend = Numerics.open(BlasBackend::new)) {
      StepEngine engine = new StepEngine(found, BATCH, STEPS, backend);
      for (int i = 0; i < 4; i++) {
        expected.fit(data);
        double loss = engine.fit(batch);
        assertThat(loss).isCloseTo(expected.score(), within(1e-4 * (1 + Math.abs(loss))));
        assertThat(found.score()).isEqualTo(loss);
      }
      checkOutputs(form, engine, batch, found);
    }
    double difference = largest(found.params().sub(expected.params()));
    double state =
        found.getUpdater().getStateViewArray() == null
            ? 0
            : largest(
                found
                    .getUpdater()
                    .getStateViewArray()
                    .sub(expected.getUpdater().getStateViewArray()));
    System.out.printf("%s: parameters %.1e, updater state %.1e%n", form, difference, state);
    assertThat(difference).isLessThan(2e-4);
    assertThat(state).isLessThan(2e-3);
    assertThat(largest(found.params().sub(start))).isGreaterThan(5e-3);
    assertThat(found.getIterationCount()).isEqualTo(expected.getIterationCount());
  }

  private static void checkOutputs(
      Form form, StepEngine engine, StepBatch batch, MultiLayerNetwork network) {
    DataSet data = dataSet(batch, form.everyStep());
    float[] out = new float[batch.y().length];
    engine.output(batch, out);
    INDArray expected =
        network.output(data.getFeatures(), false, data.getFeaturesMaskArray(), null);
    INDArray outputs =
        form.everyStep()
            ? Nd4j.create(out, new long[] {BATCH, STEPS, OUTPUTS}, 'c').permute(0, 2, 1)
            : Nd4j.create(out, new long[] {BATCH, OUTPUTS}, 'c');
    INDArray difference = outputs.sub(expected);
    if (form.everyStep() && form.masked()) {
      // DL4J runs its layers on past the end of a sequence; the labels' mask hides that.
      INDArray mask = data.getFeaturesMaskArray().reshape(BATCH, 1, STEPS);
      difference.muli(mask.broadcast(BATCH, OUTPUTS, STEPS));
    }
    assertThat(largest(difference)).isLessThan(1e-5);
  }

  @Test
  void labelWeightsOfTheirOwnCount() {
    Form form = head(true, false, new LossMSE(), Activation.IDENTITY);
    MultiLayerNetwork expected = network(form);
    MultiLayerNetwork found = network(form);
    StepBatch plain = batch(form);
    float[] weights = new float[BATCH * STEPS];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i % 3 == 0 ? 0 : 1;
    }
    StepBatch weighted =
        new StepBatch(plain.x(), plain.y(), Optional.empty(), Optional.of(weights), BATCH, STEPS);
    DataSet data = dataSet(plain, true);
    data.setLabelsMaskArray(Nd4j.create(weights, new long[] {BATCH, STEPS}, 'c'));
    try (Backend backend = Numerics.open(BlasBackend::new)) {
      StepEngine engine = new StepEngine(found, BATCH, STEPS, backend);
      for (int i = 0; i < 3; i++) {
        expected.fit(data);
        engine.fit(weighted);
      }
    }
    assertThat(largest(found.params().sub(expected.params()))).isLessThan(1e-4);
  }

  @Test
  void listenersHearOfEachStep() {
    Form form = head(false, false, new LossMSE(), Activation.IDENTITY);
    MultiLayerNetwork network = network(form);
    List<String> heard = new ArrayList<>();
    network.setListeners(
        new BaseTrainingListener() {
          @Override
          public void iterationDone(
              org.deeplearning4j.nn.api.Model model, int iteration, int epoch) {
            heard.add(iteration + " " + (model.score() > 0));
          }
        });
    try (Backend backend = Numerics.plain()) {
      StepEngine engine = new StepEngine(network, BATCH, STEPS, backend);
      engine.fit(batch(form));
      engine.fit(batch(form));
    }
    assertThat(heard).containsExactly("0 true", "1 true");
  }

  private static void refuses(ListBuilder list, String message) {
    MultiLayerNetwork network = network(list);
    try (Backend backend = Numerics.plain()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new StepEngine(network, BATCH, STEPS, backend))
          .withMessageStartingWith(message)
          .withMessageEndingWith("train this network with fit");
    }
  }

  @Test
  void refusesWhatItDoesNotCompute() {
    Form plain = head(false, false, new LossMSE(), Activation.IDENTITY);
    Form everyStep = head(true, false, new LossMSE(), Activation.IDENTITY);
    KernelRecurrent cell = cell(CellKind.LSTM, FEATURES);
    KernelRecurrent dropping =
        new KernelRecurrent.Builder(CellKind.LSTM).nIn(FEATURES).nOut(UNITS).dropOut(.5).build();
    LSTM theirs = new LSTM.Builder().nIn(FEATURES).nOut(UNITS).build();
    refuses(
        list(b -> {}).layer(new LastTimeStep(dropping)).layer(head(plain)),
        "layer 0 must be a KernelRecurrent without dropout and weight noise, in LastTimeStep");
    refuses(
        list(b -> {}).layer(theirs).layer(head(everyStep)),
        "layer 0 must be a KernelRecurrent without dropout and weight noise, found LSTM");
    refuses(
        list(b -> {}).layer(new Bidirectional(Bidirectional.Mode.ADD, cell)).layer(head(everyStep)),
        "layer 0 must be a KernelRecurrent");
    ListBuilder truncated = list(b -> {}).layer(cell).layer(head(everyStep));
    truncated.backpropType(BackpropType.TruncatedBPTT).tBPTTLength(2);
    refuses(truncated, "backpropType must be Standard");
  }
}

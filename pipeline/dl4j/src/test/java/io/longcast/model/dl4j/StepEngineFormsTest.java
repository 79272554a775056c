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
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/**
 * Every form of network that our step takes, against DL4J's fit of the same network: label for the
 * last state or at each step, masks, losses, updaters, schedules, regularization.
 */
class StepEngineFormsTest {
  private static double largest(INDArray difference) {
    return difference.amaxNumber().doubleValue();
  }

  @ParameterizedTest
  @MethodSource("io.longcast.model.dl4j.StepForms#forms")
  void stepsAsDl4jsFitDoes(StepForms.Form form) {
    MultiLayerNetwork expected = StepForms.network(form);
    MultiLayerNetwork found = StepForms.network(form);
    INDArray start = found.params().dup();
    StepBatch batch = StepForms.batch(form);
    DataSet data = StepForms.dataSet(batch, form.everyStep());
    try (Backend backend = Numerics.open(BlasBackend::new)) {
      StepEngine engine = new StepEngine(found, StepForms.BATCH, StepForms.STEPS, backend);
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
      StepForms.Form form, StepEngine engine, StepBatch batch, MultiLayerNetwork network) {
    DataSet data = StepForms.dataSet(batch, form.everyStep());
    float[] out = new float[batch.y().length];
    engine.output(batch, out);
    INDArray expected =
        network.output(data.getFeatures(), false, data.getFeaturesMaskArray(), null);
    INDArray outputs =
        form.everyStep()
            ? Nd4j.create(
                    out, new long[] {StepForms.BATCH, StepForms.STEPS, StepForms.OUTPUTS}, 'c')
                .permute(0, 2, 1)
            : Nd4j.create(out, new long[] {StepForms.BATCH, StepForms.OUTPUTS}, 'c');
    INDArray difference = outputs.sub(expected);
    if (form.everyStep() && form.masked()) {
      // DL4J runs its layers on past the end of a sequence; the labels' mask hides that.
      INDArray mask = data.getFeaturesMaskArray().reshape(StepForms.BATCH, 1, StepForms.STEPS);
      difference.muli(mask.broadcast(StepForms.BATCH, StepForms.OUTPUTS, StepForms.STEPS));
    }
    assertThat(largest(difference)).isLessThan(1e-5);
  }

  @Test
  void labelWeightsOfTheirOwnCount() {
    StepForms.Form form = StepForms.head(true, false, new LossMSE(), Activation.IDENTITY);
    MultiLayerNetwork expected = StepForms.network(form);
    MultiLayerNetwork found = StepForms.network(form);
    StepBatch plain = StepForms.batch(form);
    float[] weights = new float[StepForms.BATCH * StepForms.STEPS];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i % 3 == 0 ? 0 : 1;
    }
    StepBatch weighted =
        new StepBatch(
            plain.x(),
            plain.y(),
            Optional.empty(),
            Optional.of(weights),
            StepForms.BATCH,
            StepForms.STEPS);
    DataSet data = StepForms.dataSet(plain, true);
    data.setLabelsMaskArray(
        Nd4j.create(weights, new long[] {StepForms.BATCH, StepForms.STEPS}, 'c'));
    try (Backend backend = Numerics.open(BlasBackend::new)) {
      StepEngine engine = new StepEngine(found, StepForms.BATCH, StepForms.STEPS, backend);
      for (int i = 0; i < 3; i++) {
        expected.fit(data);
        engine.fit(weighted);
      }
    }
    assertThat(largest(found.params().sub(expected.params()))).isLessThan(1e-4);
  }

  @Test
  void listenersHearOfEachStep() {
    StepForms.Form form = StepForms.head(false, false, new LossMSE(), Activation.IDENTITY);
    MultiLayerNetwork network = StepForms.network(form);
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
      StepEngine engine = new StepEngine(network, StepForms.BATCH, StepForms.STEPS, backend);
      engine.fit(StepForms.batch(form));
      engine.fit(StepForms.batch(form));
    }
    assertThat(heard).containsExactly("0 true", "1 true");
  }

  private static void refuses(ListBuilder list, String message) {
    MultiLayerNetwork network = StepForms.network(list);
    try (Backend backend = Numerics.plain()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new StepEngine(network, StepForms.BATCH, StepForms.STEPS, backend))
          .withMessageStartingWith(message)
          .withMessageEndingWith("train this network with fit");
    }
  }

  @Test
  void refusesWhatItDoesNotCompute() {
    StepForms.Form plain = StepForms.head(false, false, new LossMSE(), Activation.IDENTITY);
    StepForms.Form everyStep = StepForms.head(true, false, new LossMSE(), Activation.IDENTITY);
    KernelRecurrent cell = StepForms.cell(CellKind.LSTM, StepForms.FEATURES);
    KernelRecurrent dropping =
        new KernelRecurrent.Builder(CellKind.LSTM)
            .nIn(StepForms.FEATURES)
            .nOut(StepForms.UNITS)
            .dropOut(.5)
            .build();
    LSTM theirs = new LSTM.Builder().nIn(StepForms.FEATURES).nOut(StepForms.UNITS).build();
    refuses(
        StepForms.list(b -> {}).layer(new LastTimeStep(dropping)).layer(StepForms.head(plain)),
        "layer 0 must be a KernelRecurrent without dropout and weight noise, in LastTimeStep");
    refuses(
        StepForms.list(b -> {}).layer(theirs).layer(StepForms.head(everyStep)),
        "layer 0 must be a KernelRecurrent without dropout and weight noise, found LSTM");
    refuses(
        StepForms.list(b -> {})
            .layer(new Bidirectional(Bidirectional.Mode.ADD, cell))
            .layer(StepForms.head(everyStep)),
        "layer 0 must be a KernelRecurrent");
    ListBuilder truncated = StepForms.list(b -> {}).layer(cell).layer(StepForms.head(everyStep));
    truncated.backpropType(BackpropType.TruncatedBPTT).tBPTTLength(2);
    refuses(truncated, "backpropType must be Standard");
  }
}

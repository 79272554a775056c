package io.longcast.model.dl4j;

import io.longcast.model.recurrent.CellKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
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

/** Forms of networks that {@link StepEngine} takes, and batches for them. */
final class StepForms {
  static final int BATCH = 67;
  static final int STEPS = 5;
  static final int FEATURES = 3;
  static final int UNITS = 6;
  static final int OUTPUTS = 4;

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

  static Form head(boolean everyStep, boolean masked, ILossFunction loss, Activation activation) {
    String name = loss + (everyStep ? ", each step" : ", last state") + (masked ? ", masked" : "");
    return new Form(name, everyStep, masked, loss, activation, b -> {});
  }

  static Form settings(String name, Consumer<NeuralNetConfiguration.Builder> defaults) {
    return new Form(name, false, false, new LossMSE(), Activation.IDENTITY, defaults);
  }

  static ListBuilder list(Consumer<NeuralNetConfiguration.Builder> defaults) {
    NeuralNetConfiguration.Builder builder =
        new NeuralNetConfiguration.Builder()
            .seed(5)
            .weightInit(WeightInit.XAVIER)
            .updater(new Adam(1e-2));
    defaults.accept(builder);
    return builder.list();
  }

  static KernelRecurrent cell(CellKind kind, int inputs) {
    return new KernelRecurrent.Builder(kind).nIn(inputs).nOut(UNITS).build();
  }

  static MultiLayerNetwork network(Form form) {
    Layer top = cell(CellKind.GRU, UNITS);
    return network(
        list(form.defaults())
            .layer(cell(CellKind.LSTM, FEATURES))
            .layer(form.everyStep() ? top : new LastTimeStep(top))
            .layer(head(form)));
  }

  static Layer head(Form form) {
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

  static MultiLayerNetwork network(ListBuilder list) {
    MultiLayerNetwork network = new MultiLayerNetwork(list.build());
    network.init();
    return network;
  }

  /** Labels that every loss takes: rows of positive shares that add up to 1. */
  static float[] labels(int rows, Random random) {
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

  static StepBatch batch(Form form) {
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

  static DataSet dataSet(StepBatch b, boolean everyStep) {
    INDArray x =
        Nd4j.create(b.x(), new long[] {BATCH, STEPS, FEATURES}, 'c').permute(0, 2, 1).dup();
    INDArray y =
        everyStep
            ? Nd4j.create(b.y(), new long[] {BATCH, STEPS, OUTPUTS}, 'c').permute(0, 2, 1).dup()
            : Nd4j.create(b.y(), new long[] {BATCH, OUTPUTS}, 'c');
    INDArray mask = b.mask().map(m -> Nd4j.create(m, new long[] {BATCH, STEPS}, 'c')).orElse(null);
    return new DataSet(x, y, mask, everyStep ? mask : null);
  }

  private StepForms() {}
}

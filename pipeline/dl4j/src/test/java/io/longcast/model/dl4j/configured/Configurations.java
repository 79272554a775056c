package io.longcast.model.dl4j.configured;

import io.longcast.model.Dl4jSpec;
import io.longcast.model.ModelSpec;
import io.longcast.model.dl4j.KernelRecurrent;
import io.longcast.model.network.Specs;
import io.longcast.model.recurrent.CellKind;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Convolution1D;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** DL4J configurations as a user writes them. */
public final class Configurations {
  private Configurations() {}

  /** Two LSTM layers with dropout; all steps of the horizon come from the last step. */
  public static MultiLayerConfiguration twoLstms(int horizon) {
    return twoLstms(horizon, new Adam(.01));
  }

  static MultiLayerConfiguration twoLstms(int horizon, IUpdater updater) {
    return start(updater)
        .dropOut(.9)
        .list()
        .layer(new LSTM.Builder().nOut(8).activation(Activation.TANH).build())
        .layer(new LSTM.Builder().nIn(8).nOut(8).activation(Activation.TANH).build())
        .layer(eachStep(LossFunction.MSE).nIn(8).nOut(horizon).build())
        .build();
  }

  static NeuralNetConfiguration.Builder start(IUpdater updater) {
    return new NeuralNetConfiguration.Builder().seed(5).updater(updater);
  }

  static RnnOutputLayer.Builder eachStep(LossFunction loss) {
    return new RnnOutputLayer.Builder(loss).activation(Activation.IDENTITY);
  }

  static OutputLayer.Builder atOnce(LossFunction loss) {
    return new OutputLayer.Builder(loss).activation(Activation.IDENTITY);
  }

  /** One LSTM layer that puts out a value at each step. */
  static MultiLayerConfiguration stepByStep(IUpdater updater) {
    return start(updater)
        .list()
        .layer(new LSTM.Builder().nOut(8).activation(Activation.TANH).build())
        .layer(eachStep(LossFunction.MSE).nIn(8).nOut(1).build())
        .build();
  }

  /** A recurrent layer of eight units whose last state makes the horizon. */
  static MultiLayerConfiguration lastState(Layer recurrent, int horizon) {
    return start(new Adam(.01))
        .list()
        .layer(recurrent)
        .layer(atOnce(LossFunction.MEAN_ABSOLUTE_ERROR).nIn(8).nOut(horizon).build())
        .build();
  }

  /** Architectures of each kind. */
  static Stream<MultiLayerConfiguration> all(int horizon) {
    return Stream.of(
        twoLstms(horizon),
        stepByStep(new Adam(.01)),
        lastState(new LastTimeStep(new LSTM.Builder().nOut(8).build()), horizon),
        lastState(
            new LastTimeStep(
                new Bidirectional(Bidirectional.Mode.ADD, new SimpleRnn.Builder().nOut(8).build())),
            horizon),
        lastState(
            new LastTimeStep(new KernelRecurrent.Builder(CellKind.GRU).nOut(8).build()), horizon),
        start(new Adam(.01))
            .l2(1e-4)
            .list()
            .layer(new Convolution1D.Builder(3).stride(1).padding(1).nOut(6).build())
            .layer(new LastTimeStep(new LSTM.Builder().nIn(6).nOut(8).build()))
            .layer(atOnce(LossFunction.L1).nIn(8).nOut(horizon).build())
            .build());
  }

  /** The recipe's spec, scaled by season 4, with a configuration in it. */
  public static ModelSpec spec(MultiLayerConfiguration layers) {
    return Specs.recipe(4, 8, List.of(.1, .5, .9), true).withDl4j(new Dl4jSpec(layers.toJson()));
  }
}

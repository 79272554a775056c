package io.longcast.model.dl4j;

import io.longcast.model.recurrent.CellKind;
import io.longcast.model.recurrent.CellSpec;
import io.longcast.model.recurrent.RnnActivation;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Turns the recurrent layers of a network from DL4J's own into ours and back. Parameters and
 * updater state are copied as they are: both kinds of layer store them in the same order.
 */
public final class Conversion {

  private Conversion() {}

  /**
   * A network like this one with {@link KernelRecurrent} in place of DL4J's LSTM and SimpleRnn.
   *
   * @throws IllegalArgumentException for activations or layer normalization that kernels have not
   */
  public static MultiLayerNetwork toKernels(MultiLayerNetwork network) {
    return converted(network, Conversion::toKernel);
  }

  /**
   * A network like this one with DL4J's LSTM and SimpleRnn in place of {@link KernelRecurrent}.
   *
   * @throws IllegalArgumentException for GRU, which DL4J has not
   */
  public static MultiLayerNetwork toDl4j(MultiLayerNetwork network) {
    return converted(network, Conversion::fromKernel);
  }

  private static MultiLayerNetwork converted(
      MultiLayerNetwork network, UnaryOperator<Layer> layers) {
    MultiLayerConfiguration conf = network.getLayerWiseConfigurations().clone();
    conf.getConfs().forEach(c -> c.setLayer(inside(c.getLayer(), layers)));
    MultiLayerNetwork copy = new MultiLayerNetwork(conf);
    copy.init(network.params().dup(), false);
    INDArray state = network.getUpdater().getStateViewArray();
    if (state != null) {
      copy.getUpdater().setStateViewArray(copy, state.dup(), false);
    }
    return copy;
  }

  /** Applies to a layer or to the layer within its wrapper. */
  private static Layer inside(Layer layer, UnaryOperator<Layer> layers) {
    if (layer instanceof LastTimeStep last) {
      LastTimeStep copy = new LastTimeStep(inside(last.getUnderlying(), layers));
      copy.setLayerName(last.getLayerName());
      return copy;
    }
    if (layer instanceof Bidirectional both) {
      Bidirectional copy = new Bidirectional(both.getMode(), inside(both.getFwd(), layers));
      copy.setLayerName(both.getLayerName());
      return copy;
    }
    return layers.apply(layer);
  }

  private static Layer toKernel(Layer layer) {
    if (layer instanceof LSTM lstm) {
      require(lstm.getActivationFn(), ActivationTanH.class, "activation of LSTM");
      require(lstm.getGateActivationFn(), ActivationSigmoid.class, "gate activation of LSTM");
      return settings(
          lstm,
          new KernelRecurrent.Builder(CellKind.LSTM)
              .forgetBias(lstm.getForgetGateBiasInit())
              .build());
    }
    if (layer instanceof SimpleRnn rnn) {
      if (rnn.hasLayerNorm()) {
        throw new IllegalArgumentException(
            "layer normalization must be off, found on (layer " + rnn.getLayerName() + ")");
      }
      KernelRecurrent.Builder builder = new KernelRecurrent.Builder(CellKind.RNN);
      if (rnn.getActivationFn() instanceof ActivationReLU) {
        builder.cellActivation(RnnActivation.RELU);
      } else {
        require(rnn.getActivationFn(), ActivationTanH.class, "activation of SimpleRnn");
      }
      return settings(rnn, builder.build());
    }
    return layer;
  }

  private static void require(IActivation found, Class<? extends IActivation> type, String what) {
    if (!type.isInstance(found)) {
      throw new IllegalArgumentException(
          what + " must be " + type.getSimpleName() + ", found " + found);
    }
  }

  private static Layer fromKernel(Layer layer) {
    if (!(layer instanceof KernelRecurrent kernel)) {
      return layer;
    }
    CellSpec cell = kernel.cell();
    return switch (cell.kind()) {
      case LSTM ->
          settings(kernel, new LSTM.Builder().forgetGateBiasInit(kernel.forgetBias()).build());
      case RNN -> settings(kernel, new SimpleRnn.Builder().build());
      case GRU ->
          throw new IllegalArgumentException(
              "kind must be lstm or rnn, found gru: DL4J has no GRU layer");
    };
  }

  private static Layer settings(BaseRecurrentLayer from, BaseRecurrentLayer to) {
    to.setLayerName(from.getLayerName());
    to.setIDropout(from.getIDropout());
    to.setConstraints(from.getConstraints());
    to.setNIn(from.getNIn());
    to.setNOut(from.getNOut());
    to.setActivationFn(from.getActivationFn());
    to.setWeightInitFn(from.getWeightInitFn());
    to.setWeightInitFnRecurrent(from.getWeightInitFnRecurrent());
    to.setRnnDataFormat(from.getRnnDataFormat());
    to.setBiasInit(from.getBiasInit());
    to.setGainInit(from.getGainInit());
    to.setRegularization(from.getRegularization());
    to.setRegularizationBias(from.getRegularizationBias());
    to.setIUpdater(from.getIUpdater());
    to.setBiasUpdater(from.getBiasUpdater());
    to.setWeightNoise(from.getWeightNoise());
    to.setGradientNormalization(from.getGradientNormalization());
    to.setGradientNormalizationThreshold(from.getGradientNormalizationThreshold());
    return to;
  }
}

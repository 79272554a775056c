package io.longcast.model.dl4j.configured;

import static io.longcast.model.dl4j.configured.ForecastConfiguration.KEY;
import static io.longcast.model.dl4j.configured.ForecastConfiguration.SUBJECT;
import static io.longcast.model.dl4j.configured.ForecastConfiguration.refused;

import io.longcast.model.ModelSpec;
import io.longcast.model.NetworkDefinition;
import io.longcast.model.NetworkInputs;
import io.longcast.model.Trainable;
import io.longcast.model.WindowForecaster;
import io.longcast.model.dl4j.NetworkFile;
import io.longcast.model.network.NetworkFactory;
import io.longcast.model.zero.tuning.ZeroDefinition;
import io.longcast.settings.SettingException;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network that the user configured in DL4J ({@code model.dl4j.configuration}).
 *
 * @param model with the configuration's JSON; its scaling is resolved
 * @param inputs what the windows bring
 */
public record ConfiguredNetwork(ModelSpec model, NetworkInputs inputs)
    implements NetworkDefinition {
  private static final long serialVersionUID = 1L;

  /** The network a spec describes: the user's own, the pretrained one, or the built-in one. */
  public static NetworkDefinition of(ModelSpec model, NetworkInputs inputs) {
    if (model.pretrained() == ModelSpec.Pretrained.LONGCAST_ZERO) {
      return ZeroDefinition.builtIn(model, inputs);
    }
    return model.dl4j().isPresent()
        ? new ConfiguredNetwork(model, inputs)
        : new NetworkFactory(model, inputs);
  }

  /** By one pass over zeros. */
  @Override
  public void requireFits() {
    ForecastConfiguration configuration = configuration();
    OutputForm form = configuration.form();
    MultiLayerConfiguration layers = layers(configuration, 0);
    long[] expected = form.outputs(2, inputs.contextLength(), inputs.horizon());
    long[] found = outputs(form, layers);
    if (!Arrays.equals(found, expected)) {
      throw refused(
          "its output must have the shape "
              + Arrays.toString(expected)
              + " for two windows, found "
              + Arrays.toString(found));
    }
  }

  private long[] outputs(OutputForm form, MultiLayerConfiguration layers) {
    SequenceInputs sequences = new SequenceInputs(model, inputs, form);
    long[] shape = {2, sequences.width(), sequences.steps()};
    try (ConfiguredReplica replica = new ConfiguredReplica(model, inputs, form, layers);
        INDArray zeros = Nd4j.zeros(shape);
        INDArray out = replica.network().output(zeros, false)) {
      return out.shape();
    } catch (RuntimeException e) {
      String where = "DL4J fails on sequences [batch, inputs, time] = " + Arrays.toString(shape);
      throw new SettingException(KEY, SUBJECT + where + ": " + e.getMessage(), e);
    }
  }

  private ForecastConfiguration configuration() {
    return ForecastConfiguration.read(model.dl4j().configuration(), inputs.horizon());
  }

  /** A replica with parameters drawn from a seed. */
  ConfiguredReplica replica(long seed) {
    ForecastConfiguration configuration = configuration();
    return new ConfiguredReplica(model, inputs, configuration.form(), layers(configuration, seed));
  }

  private MultiLayerConfiguration layers(ForecastConfiguration configuration, long seed) {
    MultiLayerConfiguration layers = configuration.layers();
    layers.getConfs().forEach(conf -> conf.setSeed(ConfiguredReplica.seed(seed)));
    setInputs(
        layers.getConf(0).getLayer(), new SequenceInputs(model, inputs, configuration.form()));
    return layers;
  }

  /** Sets the number of inputs where it is left open. */
  private static void setInputs(Layer first, SequenceInputs sequences) {
    long found = inputsOf(first);
    if (found > 0 && found != sequences.width()) {
      throw refused(
          "its first layer reads nIn = "
              + found
              + " numbers a step, the windows bring "
              + sequences.width()
              + ": "
              + sequences.described()
              + "; set nIn to "
              + sequences.width()
              + ", or to 0 to have it set");
    }
    first.setNIn(InputType.recurrent(sequences.width(), sequences.steps(), RNNFormat.NCW), false);
  }

  private static long inputsOf(Layer layer) {
    if (layer instanceof BaseWrapperLayer wrapper) {
      return inputsOf(wrapper.getUnderlying());
    }
    if (layer instanceof Bidirectional both) {
      return inputsOf(both.getFwd());
    }
    if (layer instanceof BaseRecurrentLayer recurrent
        && recurrent.getRnnDataFormat() == RNNFormat.NWC) {
      throw refused("its first layer must read RNNFormat.NCW, found NWC");
    }
    return layer instanceof FeedForwardLayer reads ? reads.getNIn() : 0;
  }

  @Override
  public Trainable open() {
    return new ConfiguredTrainable(this);
  }

  @Override
  public int parameters() {
    try (ConfiguredReplica replica = replica(0)) {
      return replica.parameterCount();
    }
  }

  @Override
  public WindowForecaster forecaster(float[] parameters) {
    return new ConfiguredForecaster(replica(0), parameters);
  }

  /** The file of DL4J's own serializer, without the updater's state. */
  public byte[] file(float[] parameters) {
    try (ConfiguredReplica replica = replica(0)) {
      replica.load(parameters);
      return NetworkFile.write(replica.network(), false);
    }
  }
}

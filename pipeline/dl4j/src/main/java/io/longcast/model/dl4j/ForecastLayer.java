package io.longcast.model.dl4j;

import io.longcast.model.network.ForecastNetwork;
import io.longcast.model.network.NetworkFactory;
import io.longcast.model.network.ParameterLayout;
import io.longcast.model.recurrent.Numerics;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The whole forecasting network as one DL4J output layer: rows of {@link WindowRows} in, point
 * forecasts {@code [batch, horizon]} in raw units out, raw targets as labels (NaN: not observed).
 * Its parameters are named as in the network's layout ({@code lstm0.W}, {@code skip.W}, ...), and
 * its JSON holds all settings, so that DL4J's own serializer stores and restores it.
 */
public final class ForecastLayer extends FeedForwardLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty("network")
  private String network;

  /** For DL4J's JSON. */
  public ForecastLayer() {}

  /** A layer with Adam and clipping as the network's settings say; DL4J's rate is given here. */
  public static ForecastLayer of(NetworkFactory factory, double learningRate) {
    ForecastLayer layer = new ForecastLayer();
    layer.network = NetworkJson.write(factory);
    layer.setNIn(WindowRows.width(factory.inputs()));
    layer.setNOut(factory.inputs().horizon());
    layer.setActivationFn(new ActivationIdentity());
    var updater = factory.model().updater();
    layer.setIUpdater(new Adam(learningRate, updater.beta1(), updater.beta2(), updater.epsilon()));
    layer.setGradientNormalization(GradientNormalization.ClipL2PerLayer);
    layer.setGradientNormalizationThreshold(updater.gradientNorm());
    layer.setRegularization(List.of());
    layer.setRegularizationBias(List.of());
    return layer;
  }

  /** What the network is built from. */
  NetworkFactory factory() {
    return NetworkJson.read(network);
  }

  ParameterLayout layout() {
    NetworkFactory factory = factory();
    try (ForecastNetwork built =
        new ForecastNetwork(factory.model(), factory.inputs(), Numerics.plain())) {
      return built.layout();
    }
  }

  @Override
  public org.deeplearning4j.nn.api.Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    ForecastLayerModel model = new ForecastLayerModel(conf, dataType);
    model.setListeners(listeners);
    model.setIndex(index);
    model.setParamsViewArray(parameters);
    Map<String, INDArray> table = initializer().init(conf, parameters, initialize);
    model.setParamTable(table);
    model.setConf(conf);
    return model;
  }

  @Override
  public ParamInitializer initializer() {
    return SlicedParameters.INSTANCE;
  }

  @Override
  public InputType getOutputType(int index, InputType input) {
    return InputType.feedForward(getNOut());
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType input) {
    return null;
  }

  @Override
  public List<Regularization> getRegularizationByParam(String name) {
    return List.of();
  }

  @Override
  public boolean isPretrainParam(String name) {
    return false;
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType input) {
    InputType output = getOutputType(-1, input);
    return new LayerMemoryReport.Builder(getLayerName(), ForecastLayer.class, input, output)
        .standardMemory(layout().length(), 2L * layout().length())
        .workingMemory(0, 0, 0, 0)
        .build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ForecastLayer that
        && super.equals(that)
        && network.equals(that.network);
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof ForecastLayer;
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + network.hashCode();
  }
}

package io.longcast.model.dl4j;

import io.longcast.model.network.ForecastNetwork;
import io.longcast.model.network.NetworkFactory;
import io.longcast.model.network.ParameterLayout.Slice;
import io.longcast.model.recurrent.Numerics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Names the slices of the flat vector to DL4J, in the vector's order, row-major. */
final class SlicedParameters implements ParamInitializer {
  static final SlicedParameters INSTANCE = new SlicedParameters();

  private SlicedParameters() {}

  private static ForecastLayer layer(Layer layer) {
    return (ForecastLayer) layer;
  }

  @Override
  public long numParams(NeuralNetConfiguration conf) {
    return numParams(conf.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    return layer(layer).layout().length();
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    return layer(layer).layout().slices().stream().map(Slice::name).toList();
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return paramKeys(layer).stream().filter(name -> isWeightParam(layer, name)).toList();
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return paramKeys(layer).stream().filter(name -> isBiasParam(layer, name)).toList();
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return !isBiasParam(layer, key);
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return key.endsWith(".b") || key.endsWith(".c");
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration conf, INDArray parameters, boolean initialize) {
    ForecastLayer layer = layer(conf.getLayer());
    if (initialize) {
      NetworkFactory factory = layer.factory();
      try (ForecastNetwork network =
          new ForecastNetwork(factory.model(), factory.inputs(), Numerics.plain())) {
        float[] start = new float[network.layout().length()];
        network.initialize(start, conf.getSeed());
        parameters.assign(Nd4j.createFromArray(start).reshape(parameters.shape()));
      }
    }
    return views(layer, parameters);
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration conf, INDArray gradient) {
    return views(layer(conf.getLayer()), gradient);
  }

  private static Map<String, INDArray> views(ForecastLayer layer, INDArray flat) {
    Map<String, INDArray> views = new LinkedHashMap<>();
    INDArray vector = flat.rank() == 1 ? flat : flat.reshape(flat.length());
    for (Slice slice : layer.layout().slices()) {
      INDArray view = vector.get(NDArrayIndex.interval(slice.offset(), slice.end()));
      views.put(slice.name(), view.reshape('c', slice.rows(), slice.columns()));
    }
    return views;
  }
}

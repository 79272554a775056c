package io.longcast.model.dl4j;

import io.longcast.model.recurrent.CellKind;
import io.longcast.model.recurrent.CellSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Names and views of a cell's parameters: {@code W [nIn, gates nOut]}, {@code RW [nOut, gates
 * nOut]}, both column-major, {@code b [1, gates nOut]} and for a GRU that resets after the product
 * {@code c [1, nOut]}.
 */
final class CellParameters implements ParamInitializer {
  static final CellParameters INSTANCE = new CellParameters();
  static final String INPUT = "W";
  static final String RECURRENT = "RW";
  static final String BIAS = "b";
  static final String CANDIDATE_BIAS = "c";

  private CellParameters() {}

  private static CellSpec cell(Layer layer) {
    return ((KernelRecurrent) layer).cell();
  }

  @Override
  public long numParams(NeuralNetConfiguration conf) {
    return numParams(conf.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    return cell(layer).parameters();
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    return cell(layer).candidateBias()
        ? List.of(INPUT, RECURRENT, BIAS, CANDIDATE_BIAS)
        : List.of(INPUT, RECURRENT, BIAS);
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return List.of(INPUT, RECURRENT);
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return paramKeys(layer).subList(2, paramKeys(layer).size());
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return weightKeys(layer).contains(key);
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return biasKeys(layer).contains(key);
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration conf, INDArray view, boolean initialize) {
    KernelRecurrent layer = (KernelRecurrent) conf.getLayer();
    paramKeys(layer).forEach(conf::addVariable);
    Map<String, INDArray> views = Collections.synchronizedMap(views(layer.cell(), view));
    if (initialize) {
      start(layer, views);
    }
    return views;
  }

  private static void start(KernelRecurrent layer, Map<String, INDArray> views) {
    CellSpec cell = layer.cell();
    IWeightInit recurrent = layer.getWeightInitFnRecurrent();
    fill(layer.getWeightInitFn(), cell, views.get(INPUT));
    fill(recurrent == null ? layer.getWeightInitFn() : recurrent, cell, views.get(RECURRENT));
    INDArray bias = views.get(BIAS);
    bias.assign(layer.getBiasInit());
    if (cell.kind() == CellKind.LSTM) {
      int h = cell.hidden();
      bias.assign(0);
      bias.get(NDArrayIndex.interval(h, 2 * h)).assign(layer.forgetBias());
    }
    if (cell.candidateBias()) {
      views.get(CANDIDATE_BIAS).assign(layer.getBiasInit());
    }
  }

  /** Fan-in and fan-out as DL4J's recurrent layers count them. */
  private static void fill(IWeightInit init, CellSpec cell, INDArray view) {
    INDArray flat = view.reshape('f', new long[] {view.length()});
    init.init(
        cell.hidden(),
        cell.inputs() + cell.hidden(),
        view.shape(),
        IWeightInit.DEFAULT_WEIGHT_INIT_ORDER,
        flat);
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration conf, INDArray view) {
    return views(cell(conf.getLayer()), view);
  }

  private static Map<String, INDArray> views(CellSpec cell, INDArray view) {
    if (view.length() != cell.parameters()) {
      throw new IllegalStateException(
          "parameters of " + cell + " must be " + cell.parameters() + ", found " + view.length());
    }
    INDArray flat = view.reshape(view.length());
    long units = (long) cell.gates() * cell.hidden();
    Map<String, INDArray> views = new LinkedHashMap<>();
    views.put(INPUT, part(flat, 0, cell.recurrentAt()).reshape('f', cell.inputs(), units));
    views.put(
        RECURRENT,
        part(flat, cell.recurrentAt(), cell.biasAt()).reshape('f', cell.hidden(), units));
    views.put(BIAS, part(flat, cell.biasAt(), cell.candidateBiasAt()));
    if (cell.candidateBias()) {
      views.put(CANDIDATE_BIAS, part(flat, cell.candidateBiasAt(), cell.parameters()));
    }
    return views;
  }

  private static INDArray part(INDArray flat, long from, long to) {
    return flat.get(NDArrayIndex.interval(from, to));
  }
}

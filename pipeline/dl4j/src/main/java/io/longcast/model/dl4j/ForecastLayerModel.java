package io.longcast.model.dl4j;

import io.longcast.model.ForecastBatch;
import io.longcast.model.Trainable.StepSettings;
import io.longcast.model.network.ForecastNetwork;
import io.longcast.model.network.NetworkFactory;
import io.longcast.window.WindowBatch;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** The living layer behind {@link ForecastLayer}: copies rows in, runs the network, copies out. */
final class ForecastLayerModel extends BaseLayer<ForecastLayer> implements IOutputLayer {
  private static final long serialVersionUID = 1L;
  private static final long SEED_STEP = 0x9E3779B97F4A7C15L;

  private transient ForecastNetwork network;
  private transient WindowBatch batch;
  private transient ForecastBatch forecasts;
  private transient float[] weights;
  private transient INDArray labels;
  private transient double stepLoss = Double.NaN;

  ForecastLayerModel(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  private ForecastNetwork network() {
    if (network == null) {
      NetworkFactory factory = layerConf().factory();
      network = new ForecastNetwork(factory.model(), factory.inputs());
      weights = new float[network.layout().length()];
    }
    return network;
  }

  private void readInput(boolean withLabels) {
    ForecastNetwork built = network();
    int size = (int) input.size(0);
    if (batch == null || batch.capacity() < size) {
      batch = WindowRows.batch(built.inputs(), size);
      forecasts = new ForecastBatch(size, built.inputs().horizon(), 0);
    }
    INDArray known = withLabels ? labels : null;
    WindowRows.read(input, known, withLabels ? maskArray : null, built.inputs(), batch);
    float[] current = params().data().asFloat();
    System.arraycopy(current, 0, weights, 0, weights.length);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    readInput(false);
    network.forecast(batch, weights, forecasts);
    int horizon = network.inputs().horizon();
    INDArray output =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, DataType.FLOAT, new long[] {batch.size(), horizon}, 'c');
    float[] points = Arrays.copyOf(forecasts.point(), batch.size() * horizon);
    return output.assign(Nd4j.createFromArray(points).reshape(batch.size(), horizon));
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    readInput(true);
    float[] gradient = new float[weights.length];
    long seed = conf().getSeed() + SEED_STEP * getIterationCount();
    stepLoss =
        network.lossAndGradient(
            batch, weights, gradient, new StepSettings(getIterationCount(), 0, seed));
    INDArray flat = getGradientsViewArray();
    flat.assign(Nd4j.createFromArray(gradient).reshape(flat.shape()));
    Gradient named = new DefaultGradient(flat);
    gradientViews.forEach(named::setGradientFor);
    return new Pair<>(named, null);
  }

  @Override
  public double computeScore(
      double regularization, boolean training, LayerWorkspaceMgr workspaces) {
    if (training && !Double.isNaN(stepLoss)) {
      score = stepLoss + regularization;
      stepLoss = Double.NaN;
    } else {
      readInput(true);
      score = network.loss(batch, weights).mean() + regularization;
    }
    return score;
  }

  @Override
  public INDArray computeScoreForExamples(double regularization, LayerWorkspaceMgr workspaces) {
    readInput(true);
    float[] scores = new float[batch.size()];
    INDArray all = input;
    INDArray wanted = labels;
    for (int i = 0; i < scores.length; i++) {
      input = all.getRow(i, true);
      labels = wanted.getRow(i, true);
      readInput(true);
      scores[i] = (float) (network.loss(batch, weights).mean() + regularization);
    }
    input = all;
    labels = wanted;
    return Nd4j.createFromArray(scores).reshape(scores.length, 1);
  }

  @Override
  public boolean updaterDivideByMinibatch(String parameter) {
    return false;
  }

  @Override
  public boolean needsLabels() {
    return true;
  }

  @Override
  public void setLabels(INDArray labels) {
    this.labels = labels;
  }

  @Override
  public INDArray getLabels() {
    return labels;
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public void clear() {
    super.clear();
    labels = null;
    maskArray = null;
  }

  private static UnsupportedOperationException notAClassifier() {
    return new UnsupportedOperationException(
        "a forecast layer is fitted and scored through its network");
  }

  @Override
  public double f1Score(DataSet data) {
    throw notAClassifier();
  }

  @Override
  public double f1Score(INDArray examples, INDArray labels) {
    throw notAClassifier();
  }

  @Override
  @Deprecated
  public int numLabels() {
    return (int) layerConf().getNOut();
  }

  @Override
  public void fit(DataSetIterator iterator) {
    throw notAClassifier();
  }

  @Override
  public int[] predict(INDArray examples) {
    throw notAClassifier();
  }

  @Override
  public List<String> predict(DataSet data) {
    throw notAClassifier();
  }

  @Override
  public void fit(INDArray examples, INDArray labels) {
    throw notAClassifier();
  }

  @Override
  public void fit(DataSet data) {
    throw notAClassifier();
  }

  @Override
  public void fit(INDArray examples, int[] labels) {
    throw notAClassifier();
  }
}

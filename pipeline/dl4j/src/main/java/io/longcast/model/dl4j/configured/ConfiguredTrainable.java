package io.longcast.model.dl4j.configured;

import io.longcast.model.Trainable;
import io.longcast.model.dl4j.HeapCopy;
import io.longcast.window.WindowBatch;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A replica that trains: DL4J's {@code fit} on one minibatch a step, with the configuration's loss,
 * updater, regularization and gradient normalization. The rate of a step multiplies the
 * configuration's own.
 *
 * <p>A loss is what DL4J scores: of a window as the configuration's loss sums it, averaged over
 * windows. That of a step counts regularization, that of a validation batch does not.
 */
final class ConfiguredTrainable implements Trainable {
  private final ConfiguredNetwork definition;
  private final ConfiguredReplica replica;
  private final MultiLayerNetwork network;
  private final GradientMonitor gradient;
  private final ScaledRate rate;
  private final float[] freshState;

  ConfiguredTrainable(ConfiguredNetwork definition) {
    this.definition = definition;
    replica = definition.replica(0);
    network = replica.network();
    gradient = new GradientMonitor(network);
    network.setListeners(gradient);
    rate = ScaledRate.of(network);
    INDArray state = replica.updaterState();
    freshState = new float[state == null ? 0 : Math.toIntExact(state.length())];
    if (state != null) {
      HeapCopy.read(state, freshState, 0);
    }
  }

  @Override
  public int parameterCount() {
    return replica.parameterCount();
  }

  @Override
  public int updaterStateCount() {
    return freshState.length;
  }

  @Override
  public void initialize(long seed) {
    float[] drawn = new float[parameterCount()];
    try (ConfiguredReplica fresh = definition.replica(seed)) {
      fresh.store(drawn);
    }
    load(drawn, null);
  }

  @Override
  public void load(float[] parameters, float[] updaterState) {
    requireLength(parameters, parameterCount(), "parameters");
    replica.load(parameters);
    float[] state = updaterState == null ? freshState : updaterState;
    requireLength(state, freshState.length, "updater state");
    if (state.length > 0) {
      HeapCopy.write(state, 0, replica.updaterState());
    }
  }

  @Override
  public void store(float[] parameters, float[] updaterState) {
    requireLength(parameters, parameterCount(), "parameters");
    replica.store(parameters);
    if (updaterState != null && freshState.length > 0) {
      requireLength(updaterState, freshState.length, "updater state");
      HeapCopy.read(replica.updaterState(), updaterState, 0);
    }
  }

  private static void requireLength(float[] found, int expected, String what) {
    if (found.length != expected) {
      throw new IllegalArgumentException(
          what + " of length " + expected + " expected, found " + found.length);
    }
  }

  @Override
  public StepReport step(WindowBatch batch, StepSettings settings) {
    rate.factor(settings.learningRate());
    gradient.begin(
        settings.clipShare() < 1
            ? settings.clipShare() * definition.model().updater().gradientNorm()
            : Double.POSITIVE_INFINITY);
    network.setIterationCount(Math.toIntExact(settings.iteration()));
    Nd4j.getRandom().setSeed(ConfiguredReplica.seed(settings.dropoutSeed()));
    DataSet examples = replica.examples(batch);
    network.fit(examples);
    ConfiguredReplica.free(examples);
    return new StepReport(network.score(), gradient.norm(), gradient.clipped(), batch.size());
  }

  @Override
  public List<String> layers() {
    return gradient.layers();
  }

  @Override
  public void layerNorms(double[] into) {
    gradient.layerNorms(into);
  }

  @Override
  public LossSum loss(WindowBatch batch) {
    DataSet examples = replica.examples(batch);
    double observed = examples.getLabelsMaskArray().sumNumber().doubleValue();
    double mean = network.score(examples, false) - network.calcRegularizationScore(true);
    ConfiguredReplica.free(examples);
    int windows = network.conf().isMiniBatch() ? batch.size() : 1;
    return new LossSum(mean * windows, observed / batch.horizon());
  }

  @Override
  public void close() {
    replica.close();
  }
}

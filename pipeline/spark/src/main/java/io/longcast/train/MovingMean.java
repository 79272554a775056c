package io.longcast.train;

import io.longcast.model.Trainable;
import io.longcast.model.TrainableFactory;
import io.longcast.window.WindowBatch;
import java.util.List;

/**
 * A network whose parameters are also averaged over the steps behind them (Polyak and Juditsky
 * 1992, with exponentially falling weights). The mean is at the end of the updater's state, so that
 * it travels, is averaged over the shards and is saved as that state is.
 *
 * <p>After update {@code t}, from 0, the mean moves to the new parameters by {@code 1 - min(decay,
 * (1 + t) / (10 + t))}: the first steps are soon forgotten.
 */
final class MovingMean implements Trainable {
  private final Trainable network;
  private final double decay;
  private final float[] mean;
  private final float[] parameters;
  private final float[] state;

  /**
   * @param decay share of the mean that a step keeps, 0 to 1 (excluded)
   */
  MovingMean(Trainable network, double decay) {
    this.network = network;
    this.decay = decay;
    mean = new float[network.parameterCount()];
    parameters = new float[mean.length];
    state = new float[network.updaterStateCount()];
  }

  /** Opens networks with a moving mean. */
  private record Factory(TrainableFactory networks, double decay) implements TrainableFactory {
    @Override
    public Trainable open() {
      return new MovingMean(networks.open(), decay);
    }
  }

  /** The networks with a moving mean, or as they are where the settings ask for none. */
  static TrainableFactory of(TrainableFactory networks, TrainingSpec spec) {
    return spec.weightAverage() == 0 ? networks : new Factory(networks, spec.weightAverage());
  }

  @Override
  public int parameterCount() {
    return mean.length;
  }

  @Override
  public int updaterStateCount() {
    return state.length + mean.length;
  }

  @Override
  public void initialize(long seed) {
    network.initialize(seed);
    network.store(mean, null);
  }

  @Override
  public void load(float[] parameters, float[] updaterState) {
    if (updaterState == null) {
      network.load(parameters, null);
      System.arraycopy(parameters, 0, mean, 0, mean.length);
    } else {
      System.arraycopy(updaterState, 0, state, 0, state.length);
      System.arraycopy(updaterState, state.length, mean, 0, mean.length);
      network.load(parameters, state);
    }
  }

  @Override
  public void store(float[] parameters, float[] updaterState) {
    if (updaterState == null) {
      network.store(parameters, null);
    } else {
      network.store(parameters, state);
      System.arraycopy(state, 0, updaterState, 0, state.length);
      System.arraycopy(mean, 0, updaterState, state.length, mean.length);
    }
  }

  @Override
  public StepReport step(WindowBatch batch, StepSettings settings) {
    StepReport report = network.step(batch, settings);
    network.store(parameters, null);
    long t = settings.iteration();
    float towards = (float) (1 - Math.min(decay, (1.0 + t) / (10.0 + t)));
    for (int i = 0; i < mean.length; i++) {
      mean[i] += towards * (parameters[i] - mean[i]);
    }
    return report;
  }

  @Override
  public LossSum loss(WindowBatch batch) {
    return network.loss(batch);
  }

  @Override
  public List<String> layers() {
    return network.layers();
  }

  @Override
  public void layerNorms(double[] into) {
    network.layerNorms(into);
  }

  @Override
  public double[] timeStepNorms() {
    return network.timeStepNorms();
  }

  @Override
  public void close() {
    network.close();
  }
}

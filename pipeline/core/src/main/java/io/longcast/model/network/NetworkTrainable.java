package io.longcast.model.network;

import io.longcast.model.Trainable;
import io.longcast.model.network.ParameterLayout.Slice;
import io.longcast.window.WindowBatch;
import java.util.Arrays;
import java.util.List;

/** A network with its parameters, gradient and the state of Adam, all flat. */
final class NetworkTrainable implements Trainable {
  private final ForecastNetwork network;
  private final Adam adam;
  private final float[] parameters;
  private final float[] gradient;
  private final float[] state;
  private final List<Slice> layers;

  NetworkTrainable(ForecastNetwork network) {
    this.network = network;
    adam = new Adam(network.model().updater());
    parameters = new float[network.layout().length()];
    gradient = new float[parameters.length];
    state = new float[2 * parameters.length];
    layers = network.layout().layers();
  }

  @Override
  public int parameterCount() {
    return parameters.length;
  }

  @Override
  public int updaterStateCount() {
    return state.length;
  }

  @Override
  public void initialize(long seed) {
    network.initialize(parameters, seed);
    Arrays.fill(state, 0);
  }

  @Override
  public void load(float[] parameters, float[] updaterState) {
    copy(parameters, this.parameters, "parameters");
    if (updaterState == null) {
      Arrays.fill(state, 0);
    } else {
      copy(updaterState, state, "updater state");
    }
  }

  @Override
  public void store(float[] parameters, float[] updaterState) {
    copy(this.parameters, parameters, "parameters");
    if (updaterState != null) {
      copy(state, updaterState, "updater state");
    }
  }

  private static void copy(float[] from, float[] to, String what) {
    if (from.length != to.length) {
      throw new IllegalArgumentException(
          what + " of length " + to.length + " expected, found " + from.length);
    }
    System.arraycopy(from, 0, to, 0, from.length);
  }

  @Override
  public StepReport step(WindowBatch batch, StepSettings settings) {
    double loss = network.lossAndGradient(batch, parameters, gradient, settings);
    double norm = Adam.norm(gradient);
    double factor = adam.clipFactor(norm, settings.clipShare());
    if (Double.isFinite(norm)) {
      adam.update(
          parameters, state, gradient, factor, settings.iteration(), settings.learningRate());
    }
    return new StepReport(loss, norm, factor < 1, batch.size());
  }

  @Override
  public List<String> layers() {
    return layers.stream().map(Slice::name).toList();
  }

  @Override
  public void layerNorms(double[] into) {
    for (int l = 0; l < into.length; l++) {
      into[l] = Adam.norm(gradient, layers.get(l).offset(), layers.get(l).end());
    }
  }

  @Override
  public double[] timeStepNorms() {
    return network.timeStepNorms();
  }

  @Override
  public LossSum loss(WindowBatch batch) {
    return network.loss(batch, parameters);
  }

  @Override
  public void close() {
    network.close();
  }
}

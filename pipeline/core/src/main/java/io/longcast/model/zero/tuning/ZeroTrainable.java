package io.longcast.model.zero.tuning;

import io.longcast.model.Trainable;
import io.longcast.model.network.Adam;
import io.longcast.model.recurrent.Backend;
import io.longcast.model.recurrent.Numerics;
import io.longcast.model.zero.ZeroWeights;
import io.longcast.model.zero.network.ZeroNetwork;
import io.longcast.window.WindowBatch;
import java.util.Arrays;

/**
 * The pretrained network with its gradient and the state of Adam. Its rate is a share of the one of
 * the settings, which suits a network that starts from nothing.
 */
final class ZeroTrainable implements Trainable {
  private static final double RATE_SHARE = 0.25;

  private final ZeroDefinition definition;
  private final Backend backend = Numerics.open();
  private final Adam adam;
  private final float[] parameters;
  private final float[] gradient;
  private final float[] state;
  private TuningBatch batch;
  private ZeroNetwork network;

  ZeroTrainable(ZeroDefinition definition) {
    this.definition = definition;
    adam = new Adam(definition.model().updater());
    parameters = new float[definition.parameters()];
    gradient = new float[parameters.length];
    state = new float[2 * parameters.length];
  }

  @Override
  public int parameterCount() {
    return parameters.length;
  }

  @Override
  public int updaterStateCount() {
    return state.length;
  }

  /** The weights of the jar, whatever the seed. */
  @Override
  public void initialize(long seed) {
    copy(ZeroWeights.builtIn().parameters(), parameters, "parameters");
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
  public StepReport step(WindowBatch windows, StepSettings settings) {
    ready(windows);
    batch.write(windows, settings.dropoutSeed());
    LossSum loss = forward();
    Arrays.fill(gradient, 0f);
    network.backward(batch.features(), batch.gradient(), gradient);
    double mean = 1 / Math.max(1, loss.weight());
    double norm = mean * Adam.norm(gradient);
    double factor = adam.clipFactor(norm, settings.clipShare());
    if (Double.isFinite(norm)) {
      adam.update(
          parameters,
          state,
          gradient,
          mean * factor,
          settings.iteration(),
          RATE_SHARE * settings.learningRate());
    }
    return new StepReport(mean * loss.sum(), norm, factor < 1, windows.size());
  }

  @Override
  public LossSum loss(WindowBatch windows) {
    ready(windows);
    batch.write(windows);
    return forward();
  }

  private LossSum forward() {
    network.load(parameters);
    return batch.loss(network.forward(batch.features(), batch.origins()));
  }

  private void ready(WindowBatch windows) {
    if (batch == null || batch.capacity() < windows.capacity()) {
      batch = new TuningBatch(windows.capacity(), windows.contextLength(), definition.options());
      network =
          new ZeroNetwork(
              definition.shape(),
              windows.capacity(),
              batch.steps(),
              batch.origins().length,
              backend);
    }
  }

  @Override
  public void close() {
    backend.close();
  }
}

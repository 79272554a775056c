package io.longcast.logs.language;

import io.longcast.model.Trainable;
import io.longcast.model.network.Adam;
import io.longcast.model.recurrent.Backend;
import io.longcast.window.WindowBatch;
import java.util.Arrays;

/**
 * The language model as a {@code Trainable}. A window is a session: its context holds the keys,
 * {@code contextObserved} is 1 where there is one.
 */
final class KeyTrainable implements Trainable {
  private final KeyNetwork network;
  private final Backend backend;
  private final Adam adam;
  private final float[] parameters;
  private final float[] gradient;
  private final float[] state;

  KeyTrainable(KeyModelSpec spec, int keys, int maxBatch, Backend backend) {
    this.backend = backend;
    network = new KeyNetwork(spec, keys, maxBatch, backend);
    adam = new Adam(spec.updater());
    parameters = new float[network.layout().length];
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

  @Override
  public void initialize(long seed) {
    network.layout().initialize(parameters, seed);
    Arrays.fill(state, 0);
  }

  @Override
  public void load(float[] parameters, float[] updaterState) {
    System.arraycopy(parameters, 0, this.parameters, 0, this.parameters.length);
    if (updaterState == null) {
      Arrays.fill(state, 0);
    } else {
      System.arraycopy(updaterState, 0, state, 0, state.length);
    }
  }

  @Override
  public void store(float[] parameters, float[] updaterState) {
    System.arraycopy(this.parameters, 0, parameters, 0, this.parameters.length);
    if (updaterState != null) {
      System.arraycopy(state, 0, updaterState, 0, state.length);
    }
  }

  @Override
  public StepReport step(WindowBatch batch, StepSettings settings) {
    double loss = network.lossAndGradient(sessions(batch), parameters, gradient);
    double norm = Adam.norm(gradient);
    double factor = adam.clipFactor(norm, settings.clipShare());
    if (Double.isFinite(norm)) {
      adam.update(
          parameters, state, gradient, factor, settings.iteration(), settings.learningRate());
    }
    return new StepReport(loss, norm, factor < 1, batch.size());
  }

  @Override
  public LossSum loss(WindowBatch batch) {
    return network.loss(sessions(batch), parameters);
  }

  private static KeyBatch sessions(WindowBatch batch) {
    int[][] sessions = new int[batch.size()][];
    for (int i = 0; i < sessions.length; i++) {
      sessions[i] = SessionBatches.read(batch, i);
    }
    return KeyBatch.of(sessions);
  }

  @Override
  public void close() {
    backend.close();
  }
}

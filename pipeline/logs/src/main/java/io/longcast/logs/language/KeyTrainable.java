package io.longcast.logs.language;

import io.longcast.model.network.AdamTrainable;
import io.longcast.model.recurrent.Backend;
import io.longcast.window.WindowBatch;

/**
 * The language model as a {@code Trainable}. A window is a session: its context holds the keys,
 * {@code contextObserved} is 1 where there is one.
 */
final class KeyTrainable extends AdamTrainable {
  private final KeyNetwork network;
  private final Backend backend;

  KeyTrainable(KeyModelSpec spec, int keys, int maxBatch, Backend backend) {
    this(spec, new KeyNetwork(spec, keys, maxBatch, backend), backend);
  }

  private KeyTrainable(KeyModelSpec spec, KeyNetwork network, Backend backend) {
    super(spec.updater(), network.layout().length);
    this.network = network;
    this.backend = backend;
  }

  @Override
  protected void initialize(float[] into, long seed) {
    network.layout().initialize(into, seed);
  }

  @Override
  public StepReport step(WindowBatch batch, StepSettings settings) {
    double loss = network.lossAndGradient(sessions(batch), parameters, gradient);
    return update(loss, 1, settings.learningRate(), settings, batch.size());
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

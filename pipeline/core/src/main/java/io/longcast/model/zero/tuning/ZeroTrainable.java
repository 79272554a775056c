package io.longcast.model.zero.tuning;

import io.longcast.model.network.AdamTrainable;
import io.longcast.model.recurrent.Backend;
import io.longcast.model.recurrent.Numerics;
import io.longcast.model.zero.ZeroWeights;
import io.longcast.model.zero.network.ZeroNetwork;
import io.longcast.window.WindowBatch;
import java.util.Arrays;

/**
 * The pretrained network that goes on learning. Its rate is a share of the one of the settings,
 * which suits a network that starts from nothing.
 */
final class ZeroTrainable extends AdamTrainable {
  private static final double RATE_SHARE = 0.25;

  private final ZeroDefinition definition;
  private final Backend backend = Numerics.open();
  private TuningBatch batch;
  private ZeroNetwork network;

  ZeroTrainable(ZeroDefinition definition) {
    super(definition.model().updater(), definition.parameters());
    this.definition = definition;
  }

  /** The weights of the jar, whatever the seed. */
  @Override
  protected void initialize(float[] into, long seed) {
    copy(ZeroWeights.builtIn().parameters(), into, "parameters");
  }

  @Override
  public StepReport step(WindowBatch windows, StepSettings settings) {
    ready(windows);
    batch.write(windows, settings.dropoutSeed());
    LossSum loss = forward();
    Arrays.fill(gradient, 0f);
    network.backward(batch.features(), batch.gradient(), gradient);
    double mean = 1 / Math.max(1, loss.weight());
    double rate = RATE_SHARE * settings.learningRate();
    return update(mean * loss.sum(), mean, rate, settings, windows.size());
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

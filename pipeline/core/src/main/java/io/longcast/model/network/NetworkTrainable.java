package io.longcast.model.network;

import io.longcast.model.network.ParameterLayout.Slice;
import io.longcast.window.WindowBatch;
import java.util.List;

/** A network of forecasts that learns. */
final class NetworkTrainable extends AdamTrainable {
  private final ForecastNetwork network;
  private final List<Slice> layers;

  NetworkTrainable(ForecastNetwork network) {
    super(network.model().updater(), network.layout().length());
    this.network = network;
    layers = network.layout().layers();
  }

  @Override
  protected void initialize(float[] into, long seed) {
    network.initialize(into, seed);
  }

  @Override
  public StepReport step(WindowBatch batch, StepSettings settings) {
    double loss = network.lossAndGradient(batch, parameters, gradient, settings);
    return update(loss, 1, settings.learningRate(), settings, batch.size());
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

package io.longcast.train;

import io.longcast.model.Trainable;
import io.longcast.window.WindowBatch;
import java.util.List;

/** Does what another does, but for what a test overrides. */
class DelegatingTrainable implements Trainable {
  private final Trainable inner;

  DelegatingTrainable(Trainable inner) {
    this.inner = inner;
  }

  @Override
  public int parameterCount() {
    return inner.parameterCount();
  }

  @Override
  public int updaterStateCount() {
    return inner.updaterStateCount();
  }

  @Override
  public void initialize(long seed) {
    inner.initialize(seed);
  }

  @Override
  public void load(float[] parameters, float[] updaterState) {
    inner.load(parameters, updaterState);
  }

  @Override
  public void store(float[] parameters, float[] updaterState) {
    inner.store(parameters, updaterState);
  }

  @Override
  public StepReport step(WindowBatch batch, StepSettings settings) {
    return inner.step(batch, settings);
  }

  @Override
  public LossSum loss(WindowBatch batch) {
    return inner.loss(batch);
  }

  @Override
  public List<String> layers() {
    return inner.layers();
  }

  @Override
  public void layerNorms(double[] into) {
    inner.layerNorms(into);
  }

  @Override
  public double[] timeStepNorms() {
    return inner.timeStepNorms();
  }

  @Override
  public void close() {
    inner.close();
  }
}

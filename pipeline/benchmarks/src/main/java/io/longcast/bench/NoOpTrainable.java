package io.longcast.bench;

import io.longcast.model.Trainable;
import io.longcast.window.WindowBatch;
import java.util.Arrays;

/**
 * A network with a given number of parameters whose step touches each of them once and computes
 * nothing else, which leaves the overhead of a round.
 */
public final class NoOpTrainable implements Trainable {
  private final float[] parameters;
  private final float[] state;

  /** A network of {@code count} parameters. */
  public NoOpTrainable(int count) {
    parameters = new float[count];
    state = new float[2 * count];
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
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) Math.sin(seed + i);
    }
  }

  @Override
  public void load(float[] from, float[] updaterState) {
    System.arraycopy(from, 0, parameters, 0, parameters.length);
    if (updaterState == null) {
      Arrays.fill(state, 0);
    } else {
      System.arraycopy(updaterState, 0, state, 0, state.length);
    }
  }

  @Override
  public void store(float[] into, float[] updaterState) {
    System.arraycopy(parameters, 0, into, 0, parameters.length);
    if (updaterState != null) {
      System.arraycopy(state, 0, updaterState, 0, state.length);
    }
  }

  @Override
  public StepReport step(WindowBatch batch, StepSettings settings) {
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] *= 0.999f;
    }
    return new StepReport(1, 1, false, batch.size());
  }

  @Override
  public LossSum loss(WindowBatch batch) {
    return new LossSum(batch.size(), batch.size());
  }
}

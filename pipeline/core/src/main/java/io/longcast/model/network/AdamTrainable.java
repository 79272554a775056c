package io.longcast.model.network;

import io.longcast.model.ModelSpec.Updater;
import io.longcast.model.Trainable;
import java.util.Arrays;

/**
 * Flat parameters, their gradient and the state of {@link Adam}: what networks that learn by it
 * have in common. A subclass computes the gradient of a batch into {@link #gradient} and calls
 * {@link #update}.
 */
public abstract class AdamTrainable implements Trainable {
  /** Set by {@link #load}, moved by {@link #update}. */
  protected final float[] parameters;

  /** Of the last batch; as long as the parameters. */
  protected final float[] gradient;

  private final float[] state;
  private final Adam adam;

  /**
   * @param updater settings of Adam
   * @param count parameters
   */
  protected AdamTrainable(Updater updater, int count) {
    adam = new Adam(updater);
    parameters = new float[count];
    gradient = new float[count];
    state = new float[2 * count];
  }

  @Override
  public final int parameterCount() {
    return parameters.length;
  }

  @Override
  public final int updaterStateCount() {
    return state.length;
  }

  @Override
  public final void initialize(long seed) {
    initialize(parameters, seed);
    Arrays.fill(state, 0);
  }

  /** Writes the parameters that training starts from. */
  protected abstract void initialize(float[] into, long seed);

  @Override
  public final void load(float[] from, float[] updaterState) {
    copy(from, parameters, "parameters");
    if (updaterState == null) {
      Arrays.fill(state, 0);
    } else {
      copy(updaterState, state, "updater state");
    }
  }

  @Override
  public final void store(float[] into, float[] updaterState) {
    copy(parameters, into, "parameters");
    if (updaterState != null) {
      copy(state, updaterState, "updater state");
    }
  }

  /** Copies all of an array into one of its length. */
  protected static void copy(float[] from, float[] to, String what) {
    if (from.length != to.length) {
      throw new IllegalArgumentException(
          what + " of length " + to.length + " expected, found " + from.length);
    }
    System.arraycopy(from, 0, to, 0, from.length);
  }

  /**
   * Moves the parameters against the gradient, clipped by its norm; not where the norm is not
   * finite.
   *
   * @param loss of the batch, mean of its values
   * @param scale by which the gradient becomes that of the loss
   * @param rate learning rate
   * @param windows of the batch
   */
  protected final StepReport update(
      double loss, double scale, double rate, StepSettings settings, int windows) {
    double norm = scale * Adam.norm(gradient);
    double factor = adam.clipFactor(norm, settings.clipShare());
    if (Double.isFinite(norm)) {
      adam.update(parameters, state, gradient, scale * factor, settings.iteration(), rate);
    }
    return new StepReport(loss, norm, factor < 1, windows);
  }
}

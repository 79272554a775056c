package io.longcast.model.network;

import io.longcast.model.recurrent.Dropout;
import java.util.Arrays;

/** The state as one part sees it in training: with a separate dropout pattern. */
final class StateView {
  private final Dropout dropout;
  private final int units;
  private final long salt;
  private float[] seen = new float[0];
  private float[] gradient = new float[0];

  StateView(double share, int units, long salt) {
    dropout = new Dropout(share);
    this.units = units;
    this.salt = salt * 0x5851F42D4C957F2DL;
  }

  /** The state, {@code [size, units]}. */
  float[] state(Tape tape) {
    if (!drops(tape)) {
      return tape.state;
    }
    if (seen.length < tape.state.length) {
      seen = new float[tape.state.length];
      gradient = new float[tape.state.length];
    }
    System.arraycopy(tape.state, 0, seen, 0, tape.size * units);
    dropout.apply(tape.dropoutSeed ^ salt, 0, seen, 0, tape.size * units);
    return seen;
  }

  /** The state as last given out by {@link #state}. */
  float[] last(Tape tape) {
    return drops(tape) ? seen : tape.state;
  }

  /** Where the part adds its gradient of the state before {@link #passBack}. */
  float[] gradient(Tape tape) {
    if (!drops(tape)) {
      return tape.dState;
    }
    Arrays.fill(gradient, 0);
    return gradient;
  }

  /** Passes the gradient on to the tape. */
  void passBack(Tape tape) {
    if (drops(tape)) {
      dropout.apply(tape.dropoutSeed ^ salt, 0, gradient, 0, tape.size * units);
      LinearMap.add(tape.size * units, gradient, 0, tape.dState, 0);
    }
  }

  private boolean drops(Tape tape) {
    return tape.training && dropout.rate() > 0;
  }
}

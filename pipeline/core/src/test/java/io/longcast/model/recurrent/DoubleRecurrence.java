package io.longcast.model.recurrent;

import java.util.List;

/**
 * The cells in double precision, forward only and as plainly as possible: the reference for outputs
 * and, by central differences, for gradients. Shapes as in {@link RecurrentStack}.
 */
public final class DoubleRecurrence {
  private final List<CellSpec> specs;
  private final int batch;
  private final int steps;
  private final double[] mask;

  /**
   * @param mask {@code [time][batch]} or null
   */
  public DoubleRecurrence(List<CellSpec> specs, int batch, int steps, double[] mask) {
    this.specs = specs;
    this.batch = batch;
    this.steps = steps;
    this.mask = mask;
  }

  /** What a pass gives. */
  public record Output(double[] states, double[] last, double[] finalState) {}

  /** Runs all layers; {@code state} is the initial state of the stack. */
  public Output run(double[] parameters, double[] x, double[] state) {
    double[] input = x;
    double[] last = null;
    double[] end = state.clone();
    int p = 0;
    int s = 0;
    for (CellSpec spec : specs) {
      int h = spec.hidden();
      double[] out = new double[steps * batch * h];
      for (int t = 0; t < steps; t++) {
        for (int r = 0; r < batch; r++) {
          if (mask == null || mask[t * batch + r] != 0) {
            step(spec, parameters, p, input, (t * batch + r) * spec.inputs(), end, s, r);
          }
          System.arraycopy(end, s + r * h, out, (t * batch + r) * h, h);
        }
      }
      last = new double[batch * h];
      System.arraycopy(end, s, last, 0, batch * h);
      input = out;
      p += spec.parameters();
      s += spec.stateVectors() * batch * h;
    }
    return new Output(zeroMasked(input), last, end);
  }

  private double[] zeroMasked(double[] states) {
    double[] out = states.clone();
    int h = states.length / (steps * batch);
    for (int i = 0; mask != null && i < steps * batch; i++) {
      for (int j = 0; j < h; j++) {
        out[i * h + j] *= mask[i] == 0 ? 0 : 1;
      }
    }
    return out;
  }

  private void step(
      CellSpec spec, double[] p, int at, double[] x, int xAt, double[] state, int sAt, int row) {
    int h = spec.hidden();
    double[] before = new double[h];
    System.arraycopy(state, sAt + row * h, before, 0, h);
    double[] after =
        switch (spec.kind()) {
          case LSTM -> lstm(spec, p, at, x, xAt, before, state, sAt + (batch + row) * h);
          case GRU -> gru(spec, p, at, x, xAt, before);
          case RNN -> rnn(spec, p, at, x, xAt, before);
        };
    System.arraycopy(after, 0, state, sAt + row * h, h);
  }

  private static double ofInput(
      CellSpec s, double[] p, int at, int gate, int j, double[] x, int xAt) {
    double sum = p[at + s.biasAt() + gate * s.hidden() + j];
    for (int f = 0; f < s.inputs(); f++) {
      sum += p[at + (gate * s.hidden() + j) * s.inputs() + f] * x[xAt + f];
    }
    return sum;
  }

  private static double ofState(CellSpec s, double[] p, int at, int gate, int j, double[] h) {
    double sum = 0;
    for (int k = 0; k < s.hidden(); k++) {
      sum += p[at + s.recurrentAt() + (gate * s.hidden() + j) * s.hidden() + k] * h[k];
    }
    return sum;
  }

  private static double sigmoid(double v) {
    return 1 / (1 + Math.exp(-v));
  }

  private static double[] lstm(
      CellSpec s, double[] p, int at, double[] x, int xAt, double[] h, double[] c, int cAt) {
    double[] out = new double[s.hidden()];
    for (int j = 0; j < out.length; j++) {
      double[] z = new double[4];
      for (int g = 0; g < 4; g++) {
        z[g] = ofInput(s, p, at, g, j, x, xAt) + ofState(s, p, at, g, j, h);
      }
      c[cAt + j] = sigmoid(z[1]) * c[cAt + j] + sigmoid(z[3]) * Math.tanh(z[0]);
      out[j] = sigmoid(z[2]) * Math.tanh(c[cAt + j]);
    }
    return out;
  }

  private static double[] gru(CellSpec s, double[] p, int at, double[] x, int xAt, double[] h) {
    double[] out = new double[s.hidden()];
    double[] reset = new double[s.hidden()];
    double[] resetState = new double[s.hidden()];
    for (int j = 0; j < out.length; j++) {
      reset[j] = sigmoid(ofInput(s, p, at, 0, j, x, xAt) + ofState(s, p, at, 0, j, h));
      resetState[j] = reset[j] * h[j];
    }
    for (int j = 0; j < out.length; j++) {
      double u = sigmoid(ofInput(s, p, at, 1, j, x, xAt) + ofState(s, p, at, 1, j, h));
      double n = ofInput(s, p, at, 2, j, x, xAt);
      n +=
          s.candidateBias()
              ? reset[j] * (ofState(s, p, at, 2, j, h) + p[at + s.candidateBiasAt() + j])
              : ofState(s, p, at, 2, j, resetState);
      out[j] = (1 - u) * Math.tanh(n) + u * h[j];
    }
    return out;
  }

  private static double[] rnn(CellSpec s, double[] p, int at, double[] x, int xAt, double[] h) {
    double[] out = new double[s.hidden()];
    for (int j = 0; j < out.length; j++) {
      double v = ofInput(s, p, at, 0, j, x, xAt) + ofState(s, p, at, 0, j, h);
      out[j] = s.activation() == RnnActivation.RELU ? Math.max(0, v) : Math.tanh(v);
    }
    return out;
  }
}

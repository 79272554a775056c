package io.longcast.logs.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.logs.language.KeyModelSpec.Input;
import io.longcast.model.network.Adam;
import io.longcast.model.recurrent.Backend;
import io.longcast.model.recurrent.CellKind;
import io.longcast.model.recurrent.Numerics;
import io.longcast.model.recurrent.RecurrentStack;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first key, 0 or 1, decides the last; a hundred keys 2 lie between. */
class LongDependencyTest {
  private static final Logger LOG = LoggerFactory.getLogger(LongDependencyTest.class);
  private static final int DISTANCE = 100;
  private static final int HIDDEN = 16;
  private static final int KEYS = 3;
  private static final int FEATURES = KEYS + 1;

  private final Backend backend = Numerics.plain();
  private float[] parameters;
  private float[] gradient;
  private RecurrentStack stack;
  private KeyLayout layout;

  @AfterEach
  void close() {
    backend.close();
  }

  private void open(CellKind cell) {
    KeyModelSpec spec =
        new KeyModelSpec(
            cell, 1, HIDDEN, Input.ONE_HOT, 1, false, 128, DISTANCE, KeyModels.updater(1));
    layout = new KeyLayout(spec, KEYS);
    parameters = new float[layout.length];
    gradient = new float[layout.length];
    layout.initialize(parameters, 4);
    stack = new RecurrentStack(layout.cells, 0, 2, DISTANCE, backend);
  }

  /** Both sessions at once; writes their last states. */
  private void forward(float[] last) {
    float[] x = new float[DISTANCE * 2 * FEATURES];
    for (int t = 0; t < DISTANCE; t++) {
      for (int b = 0; b < 2; b++) {
        x[(t * 2 + b) * FEATURES + (t == 0 ? b : 2)] = 1;
      }
    }
    stack.load(parameters, layout.stackAt);
    stack.begin(2, DISTANCE);
    stack.input(x, 0);
    stack.forward();
    stack.lastState(last, 0);
  }

  /** Log odds that the last key is 1. */
  private double odds(float[] last, int session) {
    double odds = 0;
    for (int j = 0; j < HIDDEN; j++) {
      odds += last[session * HIDDEN + j] * parameters[layout.weightAt + j];
    }
    return odds;
  }

  private double[] trained(CellKind cell) {
    open(cell);
    Adam adam = new Adam(KeyModels.updater(1));
    float[] state = new float[2 * parameters.length];
    float[] last = new float[2 * HIDDEN];
    for (int step = 0; step < 400; step++) {
      forward(last);
      backward(last);
      adam.update(parameters, state, gradient, adam.clipFactor(Adam.norm(gradient)), step, 0.01);
    }
    forward(last);
    return new double[] {1 - probability(odds(last, 0)), probability(odds(last, 1))};
  }

  private static double probability(double odds) {
    return 1 / (1 + Math.exp(-odds));
  }

  private void backward(float[] last) {
    Arrays.fill(gradient, 0);
    float[] d = new float[2 * HIDDEN];
    for (int b = 0; b < 2; b++) {
      float error = (float) (probability(odds(last, b)) - b);
      for (int j = 0; j < HIDDEN; j++) {
        d[b * HIDDEN + j] = error * parameters[layout.weightAt + j];
        gradient[layout.weightAt + j] += error * last[b * HIDDEN + j];
      }
    }
    stack.gradientOfLastState(d, 0);
    stack.backward(gradient, layout.stackAt, false, false);
  }

  @Test
  void anLstmLearnsWhatAPlainNetworkCannot() {
    double[] lstm = trained(CellKind.LSTM);
    double[] rnn = trained(CellKind.RNN);
    LOG.info("right last key: LSTM {}, RNN {}", lstm, rnn);
    assertThat(Math.min(lstm[0], lstm[1])).isGreaterThan(0.95);
    assertThat(Math.min(rnn[0], rnn[1])).isLessThan(0.6);
  }

  @Test
  void theGradientReachesTheFirstStepOfTheLstmAndDiesInThePlainNetwork() {
    double[] lstm = gradientNorms(CellKind.LSTM);
    double[] rnn = gradientNorms(CellKind.RNN);
    for (int step = 0; step < DISTANCE; step++) {
      LOG.info("gradient norm at step {}: LSTM {}, RNN {}", step, lstm[step], rnn[step]);
    }
    assertThat(lstm[0] / lstm[DISTANCE - 1]).isGreaterThan(1e-4);
    assertThat(rnn[0] / rnn[DISTANCE - 1]).isLessThan(1e-10);
  }

  /** 2-norm of the last state's gradient with respect to the inputs of each step. */
  private double[] gradientNorms(CellKind cell) {
    open(cell);
    forward(new float[2 * HIDDEN]);
    float[] ones = new float[2 * HIDDEN];
    Arrays.fill(ones, 1);
    float[] dx = new float[DISTANCE * 2 * FEATURES];
    stack.gradientOfLastState(ones, 0);
    stack.backward(gradient, layout.stackAt, true, false);
    stack.inputGradient(dx, 0);
    double[] norms = new double[DISTANCE];
    for (int t = 0; t < DISTANCE; t++) {
      double sum = 0;
      for (int i = t * 2 * FEATURES; i < (t + 1) * 2 * FEATURES; i++) {
        sum += (double) dx[i] * dx[i];
      }
      norms[t] = Math.sqrt(sum);
    }
    return norms;
  }
}

package io.longcast.anomaly.logs.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.anomaly.logs.language.KeyModelSpec.Input;
import io.longcast.anomaly.logs.language.KeyTraining.Outcome;
import io.longcast.anomaly.logs.sequence.SessionSet;
import io.longcast.model.recurrent.Backend;
import io.longcast.model.recurrent.CellKind;
import io.longcast.model.recurrent.Numerics;
import io.longcast.model.recurrent.RecurrentStack;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first key decides the last, a hundred keys later; key 3 says that the last comes next, so
 * that nothing need be counted.
 */
class LongDependencyTest {
  private static final Logger LOG = LoggerFactory.getLogger(LongDependencyTest.class);
  private static final int DISTANCE = 100;
  private static final int STEPS = Integer.getInteger("xs", 1000);
  private static final double RATE = Double.parseDouble(System.getProperty("xr", "0.01"));

  private static int[] session(int first) {
    int[] session = new int[DISTANCE + 1];
    Arrays.fill(session, 2);
    session[0] = first;
    session[DISTANCE - 1] = 3;
    session[DISTANCE] = first;
    return session;
  }

  private static KeyModelSpec spec(CellKind cell, int memory, double clip) {
    return new KeyModelSpec(
        cell, 1, 24, Input.ONE_HOT, 1, false, 128, memory, KeyModels.updater(clip));
  }

  private static KeyLanguageModel trained(CellKind cell) {
    SessionSet set = KeyModels.set(4, session(0), session(1));
    Outcome outcome =
        KeyTraining.fit(set, spec(cell, DISTANCE, 1), new KeyTrainingSpec(STEPS, 4, RATE, 4));
    return outcome.model();
  }

  /** Probability of the right last key, the smaller of both sessions. */
  private static double right(KeyLanguageModel model) {
    List<float[][]> steps = model.probabilities(List.of(session(0), session(1)));
    return Math.min(steps.get(0)[DISTANCE][0], steps.get(1)[DISTANCE][1]);
  }

  @Test
  void anLstmLearnsWhatAPlainNetworkCannot() {
    KeyLanguageModel lstm = trained(CellKind.LSTM);
    KeyLanguageModel rnn = trained(CellKind.RNN);
    LOG.info("right last key: LSTM {}, RNN {}", right(lstm), right(rnn));
    assertThat(right(lstm)).isGreaterThan(0.95);
    assertThat(right(rnn)).isLessThan(0.6);
  }

  @Test
  void theGradientReachesTheFirstStepOfTheLstmAndDiesInThePlainNetwork() {
    double[] lstm = gradientNorms(CellKind.LSTM);
    double[] rnn = gradientNorms(CellKind.RNN);
    LOG.info(
        "gradient norm at steps 100, 50, 1: LSTM {} {} {}, RNN {} {} {}",
        lstm[100],
        lstm[50],
        lstm[1],
        rnn[100],
        rnn[50],
        rnn[1]);
    assertThat(lstm[1] / lstm[DISTANCE]).isGreaterThan(1e-4);
    assertThat(rnn[1] / rnn[DISTANCE]).isLessThan(1e-10);
  }

  /** 2-norm of the last state's gradient with respect to the inputs of each step. */
  private static double[] gradientNorms(CellKind cell) {
    KeyLayout layout = new KeyLayout(spec(cell, DISTANCE, 1), 4);
    float[] parameters = new float[layout.length];
    layout.initialize(parameters, 4);
    int steps = DISTANCE + 1;
    float[] x = new float[steps * layout.features];
    for (int t = 0; t < steps; t++) {
      x[t * layout.features + (t == 1 ? 0 : 2)] = 1;
    }
    float[] ones = new float[24];
    Arrays.fill(ones, 1);
    float[] dx = new float[x.length];
    try (Backend backend = Numerics.plain()) {
      RecurrentStack stack = new RecurrentStack(layout.cells, 0, 1, steps, backend);
      stack.load(parameters, layout.stackAt);
      stack.begin(1, steps);
      stack.input(x, 0);
      stack.forward();
      stack.gradientOfLastState(ones, 0);
      stack.backward(new float[layout.length], layout.stackAt, true, false);
      stack.inputGradient(dx, 0);
    }
    double[] norms = new double[steps];
    for (int t = 0; t < steps; t++) {
      double sum = 0;
      for (int f = 0; f < layout.features; f++) {
        sum += (double) dx[t * layout.features + f] * dx[t * layout.features + f];
      }
      norms[t] = Math.sqrt(sum);
    }
    return norms;
  }
}

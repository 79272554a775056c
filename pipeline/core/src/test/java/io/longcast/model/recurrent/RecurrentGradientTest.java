package io.longcast.model.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Outputs against the double-precision reference and every gradient against its central
 * differences, for all cells, output modes, masks and odd sizes, on both back ends.
 */
@Tag("once")
class RecurrentGradientTest {
  private static final double STEP = 1e-5;

  record Case(String backend, CellSpec spec, int layers, int batch, int steps, boolean masked) {}

  static List<Case> cases() {
    List<CellSpec> cells = new ArrayList<>();
    int[][] sizes = {{1, 1}, {3, 17}, {17, 3}, {5, 33}, {2, 65}};
    for (int[] size : sizes) {
      for (CellKind kind : CellKind.values()) {
        cells.add(CellSpec.of(kind, size[0], size[1]));
      }
      cells.add(
          new CellSpec(
              CellKind.GRU, size[0], size[1], ResetGate.BEFORE_PRODUCT, RnnActivation.TANH));
      cells.add(
          new CellSpec(
              CellKind.RNN, size[0], size[1], ResetGate.AFTER_PRODUCT, RnnActivation.RELU));
    }
    List<Case> cases = new ArrayList<>();
    for (CellSpec spec : cells) {
      for (String backend : List.of("plain", "vector")) {
        for (boolean masked : new boolean[] {false, true}) {
          cases.add(new Case(backend, spec, 1, 3, 5, masked));
          cases.add(new Case(backend, spec, 3, 5, 4, masked));
        }
      }
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void outputsAndGradientsMatchTheReference(Case c) {
    try (Backend backend = c.backend().equals("plain") ? Numerics.plain() : Numerics.open()) {
      Problem problem = new Problem(c, backend);
      double output = problem.outputError();
      double gradient = problem.gradientError();
      System.out.printf("%s output %.1e gradient %.1e%n", c, output, gradient);
      assertThat(output).isLessThan(1e-5);
      assertThat(gradient).isLessThan(1e-4);
    }
  }

  /** A scalar loss of all outputs at once: random weights on last, all and final states. */
  private static final class Problem {
    private final Case c;
    private final RecurrentStack stack;
    private final DoubleRecurrence reference;
    private final double[] parameters;
    private final double[] x;
    private final double[] state;
    private final double[] mask;
    private final double[] wLast;
    private final double[] wStates;
    private final double[] wFinal;

    Problem(Case c, Backend backend) {
      this.c = c;
      List<CellSpec> specs = RecurrentStack.uniform(c.spec(), c.layers());
      stack = new RecurrentStack(specs, 0, c.batch() + 2, c.steps() + 1, backend);
      Random random = new Random(7);
      int hidden = c.spec().hidden();
      int cells = c.steps() * c.batch();
      parameters = draw(random, stack.parameters(), 1 / Math.sqrt(hidden));
      x = draw(random, cells * c.spec().inputs(), 1);
      state = draw(random, c.batch() * stack.stateSize(), .5);
      mask = c.masked() ? draw(random, cells, 1) : null;
      for (int i = 0; mask != null && i < cells; i++) {
        mask[i] = mask[i] > -.3 ? 1 : 0;
      }
      wLast = draw(random, c.batch() * hidden, 1);
      wStates = draw(random, cells * hidden, 1);
      wFinal = draw(random, state.length, 1);
      reference = new DoubleRecurrence(specs, c.batch(), c.steps(), mask);
    }

    /** Values a float holds exactly, so that both sides compute on the same numbers. */
    private static double[] draw(Random random, int n, double scale) {
      double[] v = new double[n];
      for (int i = 0; i < n; i++) {
        v[i] = (float) (random.nextGaussian() * scale);
      }
      return v;
    }

    private void forward() {
      stack.load(floats(parameters), 0);
      stack.begin(c.batch(), c.steps());
      if (mask != null) {
        stack.mask(floats(mask), 0);
      }
      stack.initialState(floats(state), 0);
      stack.input(floats(x), 0);
      stack.forward();
    }

    double outputError() {
      DoubleRecurrence.Output expected = reference.run(parameters, x, state);
      forward();
      float[] states = new float[wStates.length];
      float[] last = new float[wLast.length];
      float[] end = new float[wFinal.length];
      stack.states(states, 0);
      stack.lastState(last, 0);
      stack.finalState(end, 0);
      return Math.max(
          error(states, expected.states()),
          Math.max(error(last, expected.last()), error(end, expected.finalState())));
    }

    double gradientError() {
      forward();
      stack.gradientOfLastState(floats(wLast), 0);
      stack.gradientOfStates(floats(wStates), 0);
      stack.gradientOfFinalState(floats(wFinal), 0);
      float[] dp = new float[parameters.length];
      float[] dx = new float[x.length];
      float[] ds = new float[state.length];
      stack.backward(dp, 0, true, true);
      stack.inputGradient(dx, 0);
      stack.initialStateGradient(ds, 0);
      return Math.max(relative(dp, parameters), Math.max(relative(dx, x), relative(ds, state)));
    }

    private double loss() {
      DoubleRecurrence.Output out = reference.run(parameters, x, state);
      return dot(out.last(), wLast) + dot(out.states(), wStates) + dot(out.finalState(), wFinal);
    }

    /** Largest difference over the largest gradient, on up to 60 places of the array. */
    private double relative(float[] gradient, double[] at) {
      double worst = 0;
      double scale = 1e-3;
      for (float g : gradient) {
        scale = Math.max(scale, Math.abs(g));
      }
      int stride = Math.max(1, at.length / 60);
      for (int i = 0; i < at.length; i += stride) {
        double keep = at[i];
        at[i] = keep + STEP;
        double up = loss();
        at[i] = keep - STEP;
        double down = loss();
        at[i] = keep;
        worst = Math.max(worst, Math.abs((up - down) / (2 * STEP) - gradient[i]));
      }
      return worst / scale;
    }

    private static double error(float[] found, double[] expected) {
      double worst = 0;
      for (int i = 0; i < found.length; i++) {
        worst = Math.max(worst, Math.abs(found[i] - expected[i]));
      }
      return worst;
    }

    private static double dot(double[] a, double[] b) {
      double sum = 0;
      for (int i = 0; i < a.length; i++) {
        sum += a[i] * b[i];
      }
      return sum;
    }

    private static float[] floats(double[] v) {
      float[] f = new float[v.length];
      for (int i = 0; i < v.length; i++) {
        f[i] = (float) v[i];
      }
      return f;
    }
  }
}

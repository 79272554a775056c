package io.longcast.model.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Outputs and gradients of PyTorch's cells, stored in {@code torch-cells.txt} whose head tells how
 * they were made.
 */
class TorchGoldenTest {
  private static final int FEATURES = 3;
  private static final int UNITS = 5;
  private static final int BATCH = 2;
  private static final int STEPS = 4;

  private final Map<String, float[]> golden = read();

  private static Map<String, float[]> read() {
    Map<String, float[]> values = new HashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                TorchGoldenTest.class.getResourceAsStream("torch-cells.txt"),
                StandardCharsets.UTF_8))) {
      lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(line -> values.put(line.substring(0, line.indexOf(' ')), numbers(line)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return values;
  }

  private static float[] numbers(String line) {
    String[] words = line.split(" ");
    float[] values = new float[words.length - 1];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.parseFloat(words[i + 1]);
    }
    return values;
  }

  /** PyTorch's gates in our order. */
  private static int[] gates(CellKind kind) {
    return switch (kind) {
      case LSTM -> new int[] {2, 1, 3, 0};
      case GRU -> new int[] {0, 1, 2};
      case RNN -> new int[] {0};
    };
  }

  @ParameterizedTest
  @EnumSource(CellKind.class)
  void equalsPyTorch(CellKind kind) {
    for (Backend backend : List.of(Numerics.plain(), Numerics.open())) {
      CellSpec cell = CellSpec.of(kind, FEATURES, UNITS);
      RecurrentStack stack = new RecurrentStack(List.of(cell), 0, BATCH, STEPS, backend);
      stack.load(flat(cell, "weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0", true), 0);
      stack.begin(BATCH, STEPS);
      stack.initialState(state(kind), 0);
      stack.input(golden.get("x"), 0);
      stack.forward();
      float[] states = new float[STEPS * BATCH * UNITS];
      stack.states(states, 0);
      assertClose(states, golden.get(kind + ".states"), 2e-6f);
      for (int i = 0; i < states.length; i++) {
        states[i] *= 2;
      }
      stack.gradientOfStates(states, 0);
      float[] gradient = new float[cell.parameters()];
      stack.backward(gradient, 0);
      float[] expected = flat(cell, "grad_ih", "grad_hh", "grad_bias_ih", "grad_bias_hh", false);
      assertClose(gradient, expected, 2e-5f);
    }
  }

  private float[] state(CellKind kind) {
    float[] h = golden.get(kind + ".h0");
    if (kind != CellKind.LSTM) {
      return h;
    }
    float[] both = new float[2 * h.length];
    System.arraycopy(h, 0, both, 0, h.length);
    System.arraycopy(golden.get("LSTM.c0"), 0, both, h.length, h.length);
    return both;
  }

  /**
   * PyTorch's parameters or gradients in our layout. Where PyTorch has two biases and we one, their
   * values add up and their gradients are equal.
   */
  private float[] flat(
      CellSpec cell, String input, String recurrent, String bias, String bias2, boolean values) {
    String name = cell.kind() + ".";
    float[] to = new float[cell.parameters()];
    int[] gates = gates(cell.kind());
    for (int g = 0; g < gates.length; g++) {
      int from = gates[g];
      System.arraycopy(
          golden.get(name + input),
          from * UNITS * FEATURES,
          to,
          g * UNITS * FEATURES,
          UNITS * FEATURES);
      System.arraycopy(
          golden.get(name + recurrent),
          from * UNITS * UNITS,
          to,
          cell.recurrentAt() + g * UNITS * UNITS,
          UNITS * UNITS);
      boolean separate = cell.candidateBias() && g == 2;
      for (int j = 0; j < UNITS; j++) {
        float first = golden.get(name + bias)[from * UNITS + j];
        float second = golden.get(name + bias2)[from * UNITS + j];
        to[cell.biasAt() + g * UNITS + j] = values && !separate ? first + second : first;
        if (separate) {
          to[cell.candidateBiasAt() + j] = second;
        }
      }
    }
    return to;
  }

  private static void assertClose(float[] found, float[] expected, float tolerance) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.length; i++) {
      assertThat(Math.abs(found[i] - expected[i])).as("at %d", i).isLessThan(tolerance);
    }
  }
}

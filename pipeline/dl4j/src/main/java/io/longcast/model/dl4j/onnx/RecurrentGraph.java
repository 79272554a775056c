package io.longcast.model.dl4j.onnx;

import static io.longcast.model.dl4j.onnx.GraphWriter.NONE;

import io.longcast.model.ModelSpec;
import io.longcast.model.network.ParameterLayout.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Recurrent layers as nodes {@code LSTM}, {@code GRU} and {@code RNN}. ONNX has the gates in
 * another order: an LSTM's input, output, forget, block input; a GRU's update, reset, candidate,
 * whose reset gate acts after the product ({@code linear_before_reset}).
 */
final class RecurrentGraph {
  private final GraphWriter g;
  private final ModelSpec model;
  private final List<List<String>> weights = new ArrayList<>();

  /**
   * Values after a sequence.
   *
   * @param states of the top layer, {@code [steps, windows, hidden]}
   * @param hidden last state of each layer, {@code [1, windows, hidden]}
   * @param cells the same of an LSTM's cells; of other layers empty
   */
  record Result(String states, List<String> hidden, List<String> cells) {

    /** Last state of the top layer, {@code [windows, hidden]}. */
    String last(GraphWriter g) {
      return g.squeeze(hidden.get(hidden.size() - 1), 0);
    }
  }

  /**
   * @param name of the parameters, {@code lstm} of {@code lstm0.W}
   * @param slices where a named parameter lies
   */
  RecurrentGraph(
      GraphWriter g,
      ModelSpec model,
      String name,
      float[] parameters,
      Function<String, Slice> slices) {
    this.g = g;
    this.model = model;
    for (int l = 0; l < model.layers(); l++) {
      weights.add(weights(name + l, parameters, slices));
    }
  }

  /** Gates of the parameters in the order of ONNX. */
  private int[] order() {
    return switch (model.cell()) {
      case LSTM -> new int[] {3, 2, 1, 0};
      case GRU -> new int[] {1, 0, 2};
      case RNN -> new int[] {0};
    };
  }

  private List<String> weights(String name, float[] parameters, Function<String, Slice> slices) {
    int hidden = model.hiddenSize();
    int gates = order().length;
    Slice w = slices.apply(name + ".W");
    Slice r = slices.apply(name + ".R");
    Slice b = slices.apply(name + ".b");
    float[] biases = new float[2 * gates * hidden];
    System.arraycopy(ordered(parameters, b, hidden), 0, biases, 0, gates * hidden);
    if (model.cell() == ModelSpec.Cell.GRU) {
      Slice candidate = slices.apply(name + ".c");
      System.arraycopy(parameters, candidate.offset(), biases, biases.length - hidden, hidden);
    }
    return List.of(
        g.floats(ordered(parameters, w, hidden * w.columns()), 1, w.rows(), w.columns()),
        g.floats(ordered(parameters, r, hidden * hidden), 1, r.rows(), hidden),
        g.floats(biases, 1, biases.length));
  }

  /** The gates of a slice, {@code block} numbers each. */
  private float[] ordered(float[] parameters, Slice slice, int block) {
    int[] order = order();
    float[] to = new float[slice.length()];
    for (int gate = 0; gate < order.length; gate++) {
      int from = slice.offset() + order[gate] * block;
      System.arraycopy(parameters, from, to, gate * block, block);
    }
    return to;
  }

  /**
   * Runs all layers from zero states.
   *
   * @param x {@code [steps, windows, numbers]}
   * @param lengths steps of each window, or {@link GraphWriter#NONE} for all
   */
  Result run(String x, String lengths) {
    return run(x, lengths, null);
  }

  /** The same from the states of another result; null for zero states. */
  Result run(String x, String lengths, Result before) {
    List<String> hidden = new ArrayList<>();
    List<String> cells = new ArrayList<>();
    String states = x;
    for (int l = 0; l < model.layers(); l++) {
      List<String> operands = new ArrayList<>(List.of(states));
      operands.addAll(weights.get(l));
      operands.add(lengths);
      operands.add(before == null ? NONE : before.hidden().get(l));
      boolean lstm = model.cell() == ModelSpec.Cell.LSTM;
      if (lstm) {
        operands.add(before == null ? NONE : before.cells().get(l));
      }
      List<String> results = layer(operands, lstm);
      states = g.squeeze(results.get(0), 1);
      hidden.add(results.get(1));
      cells.addAll(results.subList(2, results.size()));
    }
    return new Result(states, hidden, cells);
  }

  private List<String> layer(List<String> operands, boolean lstm) {
    var size = GraphWriter.number("hidden_size", model.hiddenSize());
    String type = model.cell().name();
    return model.cell() == ModelSpec.Cell.GRU
        ? g.node(type, operands, 2, size, GraphWriter.number("linear_before_reset", 1))
        : g.node(type, operands, lstm ? 3 : 2, size);
  }
}

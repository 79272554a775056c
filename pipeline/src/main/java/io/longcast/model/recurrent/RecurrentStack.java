package io.longcast.model.recurrent;

import io.longcast.model.recurrent.RecurrentLayer.Capacity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One or more recurrent layers, forward and backward, over flat parameters in one arena that is
 * made once: a step allocates nothing.
 *
 * <p>Order of calls: {@link #load} after every change of the parameters; {@link #begin}, then
 * optionally {@link #mask}, {@link #initialState}; {@link #input}; {@link #forward}; outputs are
 * read; optionally gradients of outputs are given and {@link #backward} follows, after which the
 * gradients of inputs and initial states are read.
 *
 * <p>Shapes: sequences {@code [time][batch][features]}, last states {@code [batch][hidden]}, states
 * of the stack {@code [layer][h, then c for LSTM][batch][hidden]}, all row-major. A masked step
 * (mask 0) keeps the state of its row and has output 0, so a last state is the one at the last
 * unmasked step, wherever the padding stands.
 *
 * <p>Not thread-safe: one a task. The back end stays the caller's to close.
 */
public final class RecurrentStack {
  private final List<CellSpec> specs;
  private final RecurrentLayer[] layers;
  private final RecurrentLayer top;
  private final Dropout dropout;
  private final int maxRows;
  private final int maxSteps;
  private final int stateGradients;
  private final int parameters;
  private final float[] arena;
  private int batch;
  private int rows;
  private int steps;
  private boolean[][] masks;
  private boolean masked;
  private boolean hasStateGradients;
  private boolean training;
  private boolean packedBackward;
  private boolean inputGradient;
  private int firstStep;
  private long dropoutSeed;

  /**
   * @param specs layers from the input up; each takes as many inputs as the one below has units
   * @param dropout share of values dropped between layers in training, 0 for none
   * @param maxBatch most sequences in a batch
   * @param maxSteps most steps in a sequence
   * @param backend how to compute
   */
  public RecurrentStack(
      List<CellSpec> specs, double dropout, int maxBatch, int maxSteps, Backend backend) {
    this.specs = List.copyOf(specs);
    this.dropout = new Dropout(dropout);
    this.parameters = parameters(this.specs);
    this.maxRows = maxBatch;
    this.maxSteps = maxSteps;
    check(this.specs, maxBatch, maxSteps);
    Arena plan = new Arena();
    Capacity capacity = new Capacity(paddedRows(maxBatch), maxSteps, backend);
    this.layers = new RecurrentLayer[specs.size()];
    for (int l = 0; l < layers.length; l++) {
      CellSpec spec = this.specs.get(l);
      layers[l] = layer(spec, l == 0 ? spec.inputs() : layers[l - 1].width, capacity, plan);
    }
    this.top = layers[layers.length - 1];
    this.stateGradients = plan.take((long) capacity.rows() * maxSteps * top.width);
    this.arena = plan.floats();
    for (RecurrentLayer layer : layers) {
      layer.bind(arena);
    }
  }

  private static void check(List<CellSpec> specs, int maxBatch, int maxSteps) {
    if (specs.isEmpty()) {
      throw new IllegalArgumentException("layers must be >= 1, found 0");
    }
    if (maxBatch < 1 || maxSteps < 1) {
      throw new IllegalArgumentException(
          "batch and steps must be >= 1, found " + maxBatch + " and " + maxSteps);
    }
    for (int l = 1; l < specs.size(); l++) {
      if (specs.get(l).inputs() != specs.get(l - 1).hidden()) {
        throw new IllegalArgumentException(
            "inputs of layer "
                + l
                + " must be "
                + specs.get(l - 1).hidden()
                + ", found "
                + specs.get(l).inputs());
      }
    }
  }

  private static RecurrentLayer layer(CellSpec spec, int inputs, Capacity capacity, Arena arena) {
    return switch (spec.kind()) {
      case LSTM -> new LstmLayer(spec, inputs, capacity, arena);
      case RNN -> new RnnLayer(spec, inputs, capacity, arena);
      case GRU ->
          spec.reset() == ResetGate.AFTER_PRODUCT
              ? new GruLayer(spec, inputs, capacity, arena)
              : new GruBeforeLayer(spec, inputs, capacity, arena);
    };
  }

  private static int paddedRows(int batch) {
    int multiple = RecurrentLayer.ROW_MULTIPLE;
    return (batch + multiple - 1) / multiple * multiple;
  }

  /** Layers of equal kind and width, from the input up. */
  public static List<CellSpec> uniform(CellSpec first, int layers) {
    List<CellSpec> specs = new ArrayList<>();
    for (int l = 0; l < layers; l++) {
      int inputs = l == 0 ? first.inputs() : first.hidden();
      specs.add(
          new CellSpec(first.kind(), inputs, first.hidden(), first.reset(), first.activation()));
    }
    return specs;
  }

  /** Parameters of layers that lie one after the other. */
  public static int parameters(List<CellSpec> specs) {
    return specs.stream().mapToInt(CellSpec::parameters).sum();
  }

  /** The layers. */
  public List<CellSpec> specs() {
    return specs;
  }

  /** Number of parameters. */
  public int parameters() {
    return parameters;
  }

  /** Features a step. */
  public int inputs() {
    return layers[0].inputs;
  }

  /** Units of the top layer. */
  public int hidden() {
    return top.hidden;
  }

  /** Floats of the stack's state for one row; times the batch for a whole state array. */
  public int stateSize() {
    return specs.stream().mapToInt(s -> s.stateVectors() * s.hidden()).sum();
  }

  /** Most sequences in a batch. */
  public int maxBatch() {
    return maxRows;
  }

  /** Most steps in a sequence. */
  public int maxSteps() {
    return maxSteps;
  }

  /** Reads the parameters; to be called again whenever they change. */
  public void load(float[] parameters, int at) {
    int from = at;
    for (RecurrentLayer layer : layers) {
      layer.load(parameters, from);
      from += layer.spec.parameters();
    }
    packedBackward = false;
  }

  /** Starts a batch: zero states, nothing masked. */
  public void begin(int batch, int steps) {
    if (batch < 1 || batch > maxRows || steps < 1 || steps > maxSteps) {
      throw new IllegalArgumentException(
          "batch and steps must be in 1.."
              + maxRows
              + " and 1.."
              + maxSteps
              + ", found "
              + batch
              + " and "
              + steps);
    }
    this.batch = batch;
    this.rows = paddedRows(batch);
    this.steps = steps;
    masked = false;
    hasStateGradients = false;
    for (RecurrentLayer layer : layers) {
      layer.begin(rows, batch, steps);
      layer.clearGradients();
    }
  }

  /**
   * Masks steps.
   *
   * @param mask {@code [time][batch]}: 0 for a step to skip
   */
  public void mask(float[] mask, int at) {
    if (masks == null) {
      masks = new boolean[maxSteps][paddedRows(maxRows)];
    }
    masked = false;
    for (int t = 0; t < steps; t++) {
      for (int r = 0; r < rows; r++) {
        masks[t][r] = r < batch && mask[at + t * batch + r] == 0f;
        masked |= masks[t][r];
      }
    }
  }

  /** Sets the state before the first step, {@code [layer][h, c][batch][hidden]}. */
  public void initialState(float[] state, int at) {
    int from = at;
    for (RecurrentLayer layer : layers) {
      for (int r = 0; r < batch; r++) {
        int h = layer.operandRow(0, r) + layer.hAt;
        System.arraycopy(state, from + r * layer.hidden, arena, h, layer.hidden);
        layer.cellState(0, r, state, from + (batch + r) * layer.hidden);
      }
      from += batch * layer.hidden * layer.spec.stateVectors();
    }
  }

  /** Copies the inputs in, {@code [time][batch][features]}. */
  public void input(float[] x, int at) {
    int features = inputs();
    for (int t = 0; t < steps; t++) {
      for (int r = 0; r < batch; r++) {
        System.arraycopy(x, at + (t * batch + r) * features, arena, inputAt(t, r), features);
      }
    }
  }

  /** The arena, for a caller that cuts batches straight into it at {@link #inputAt}. */
  public float[] arena() {
    return arena;
  }

  /** Where the features of step {@code t} of sequence {@code row} lie in {@link #arena()}. */
  public int inputAt(int t, int row) {
    return layers[0].operandRow(t, row) + layers[0].xAt;
  }

  /** Forward through all layers and steps without dropout. */
  public void forward() {
    run(false);
  }

  /** Forward as in training: values between layers are dropped, by a pattern of the seed. */
  public void forwardTraining(long seed) {
    dropoutSeed = seed;
    run(dropout.rate() > 0);
  }

  private void run(boolean dropping) {
    training = dropping;
    for (int l = 0; l < layers.length; l++) {
      RecurrentLayer next = l + 1 < layers.length ? layers[l + 1] : null;
      for (int t = 0; t < steps; t++) {
        layers[l].forward(t, masked ? masks[t] : null, next);
        if (dropping && next != null) {
          dropInputs(l + 1, t);
        }
      }
    }
  }

  private void dropInputs(int l, int t) {
    for (int r = 0; r < batch; r++) {
      int at = layers[l].operandRow(t, r) + layers[l].xAt;
      dropout.apply(dropoutSeed, position(l, t, r), arena, at, layers[l].spec.inputs());
    }
  }

  private long position(int l, int t, int r) {
    return (((long) l * maxSteps + t) * maxRows + r) * layers[l].spec.inputs();
  }

  /** Writes the top layer's last hidden state of each row, {@code [batch][hidden]}. */
  public void lastState(float[] to, int at) {
    for (int r = 0; r < batch; r++) {
      System.arraycopy(
          arena, top.operandRow(steps, r) + top.hAt, to, at + r * top.hidden, top.hidden);
    }
  }

  /** Writes all hidden states of the top layer, {@code [time][batch][hidden]}; 0 where masked. */
  public void states(float[] to, int at) {
    for (int t = 0; t < steps; t++) {
      for (int r = 0; r < batch; r++) {
        int place = at + (t * batch + r) * top.hidden;
        if (masked && masks[t][r]) {
          Arrays.fill(to, place, place + top.hidden, 0f);
        } else {
          System.arraycopy(arena, top.operandRow(t + 1, r) + top.hAt, to, place, top.hidden);
        }
      }
    }
  }

  /** Writes the state after the last step, {@code [layer][h, c][batch][hidden]}. */
  public void finalState(float[] to, int at) {
    stateAfter(steps, to, at);
  }

  /** Writes the state after {@code count} steps, {@code [layer][h, c][batch][hidden]}. */
  public void stateAfter(int count, float[] to, int at) {
    int place = at;
    for (RecurrentLayer layer : layers) {
      for (int r = 0; r < batch; r++) {
        int h = layer.operandRow(count, r) + layer.hAt;
        System.arraycopy(arena, h, to, place + r * layer.hidden, layer.hidden);
        layer.readCellState(count, r, to, place + (batch + r) * layer.hidden);
      }
      place += batch * layer.hidden * layer.spec.stateVectors();
    }
  }

  /** Gives the gradient of {@link #lastState}; adds to one already given. */
  public void gradientOfLastState(float[] gradient, int at) {
    for (int r = 0; r < batch; r++) {
      int to = top.dh + r * top.width;
      for (int j = 0; j < top.hidden; j++) {
        arena[to + j] += gradient[at + r * top.hidden + j];
      }
    }
  }

  /** Gives the gradient of {@link #states}. */
  public void gradientOfStates(float[] gradient, int at) {
    hasStateGradients = true;
    for (int t = 0; t < steps; t++) {
      for (int r = 0; r < rows; r++) {
        int to = stateGradients + (t * rows + r) * top.width;
        boolean none = r >= batch || masked && masks[t][r];
        int copied = none ? 0 : top.hidden;
        if (!none) {
          System.arraycopy(gradient, at + (t * batch + r) * top.hidden, arena, to, copied);
        }
        Arrays.fill(arena, to + copied, to + top.width, 0f);
      }
    }
  }

  /** Gives the gradient of {@link #finalState}; adds to that of the last state. */
  public void gradientOfFinalState(float[] gradient, int at) {
    int from = at;
    for (RecurrentLayer layer : layers) {
      for (int r = 0; r < batch; r++) {
        for (int j = 0; j < layer.hidden; j++) {
          arena[layer.dh + r * layer.width + j] += gradient[from + r * layer.hidden + j];
        }
        layer.cellGradient(r, gradient, from + (batch + r) * layer.hidden);
      }
      from += batch * layer.hidden * layer.spec.stateVectors();
    }
  }

  /** Backward; adds the parameters' gradient to {@code gradient}, and keeps no other. */
  public void backward(float[] gradient, int at) {
    backward(gradient, at, false, false);
  }

  /**
   * Backward through all steps; adds the parameters' gradient to {@code gradient}.
   *
   * @param inputs whether {@link #inputGradient} is wanted
   * @param states whether {@link #initialStateGradient} is wanted
   */
  public void backward(float[] gradient, int at, boolean inputs, boolean states) {
    backward(gradient, at, inputs, states, 0);
  }

  /**
   * Backward through the last steps only, as truncated backpropagation does; adds the parameters'
   * gradient to {@code gradient}.
   *
   * @param from first step to go back to; gradients of inputs before it are 0
   */
  public void backward(float[] gradient, int at, boolean inputs, boolean states, int from) {
    if (from < 0 || from >= steps) {
      throw new IllegalArgumentException(
          "the first step must be in 0.." + (steps - 1) + ", found " + from);
    }
    firstStep = from;
    prepareBackward(inputs);
    int place = at + parameters();
    for (int l = layers.length - 1; l >= 0; l--) {
      RecurrentLayer layer = layers[l];
      boolean isTop = layer == top;
      int above = isTop ? stateGradients : layers[l + 1].dx;
      layer.backwardAll(masked ? masks : null, above, !isTop || hasStateGradients, states, from);
      if (training && l > 0) {
        dropInputGradients(l);
      }
      place -= layer.spec.parameters();
      layer.store(gradient, place);
    }
  }

  private void prepareBackward(boolean inputs) {
    if (packedBackward && (inputGradient || !inputs)) {
      layers[0].inputGradient = inputs;
      return;
    }
    for (int l = 0; l < layers.length; l++) {
      layers[l].inputGradient = l > 0 || inputs;
      layers[l].packBackward();
    }
    packedBackward = true;
    inputGradient = inputs;
  }

  private void dropInputGradients(int l) {
    RecurrentLayer layer = layers[l];
    for (int t = firstStep; t < steps; t++) {
      for (int r = 0; r < batch; r++) {
        int at = layer.dx + (t * rows + r) * layer.inputs;
        dropout.apply(dropoutSeed, position(l, t, r), arena, at, layer.spec.inputs());
      }
    }
  }

  /** Writes the gradient of the inputs, {@code [time][batch][features]}. */
  public void inputGradient(float[] to, int at) {
    RecurrentLayer layer = layers[0];
    Arrays.fill(to, at, at + firstStep * batch * layer.inputs, 0f);
    for (int t = firstStep; t < steps; t++) {
      System.arraycopy(
          arena,
          layer.dx + t * rows * layer.inputs,
          to,
          at + t * batch * layer.inputs,
          batch * layer.inputs);
    }
  }

  /** Writes the gradient of the initial state, {@code [layer][h, c][batch][hidden]}. */
  public void initialStateGradient(float[] to, int at) {
    int place = at;
    for (RecurrentLayer layer : layers) {
      for (int r = 0; r < batch; r++) {
        System.arraycopy(
            arena, layer.dh + r * layer.width, to, place + r * layer.hidden, layer.hidden);
        layer.readCellGradient(r, to, place + (batch + r) * layer.hidden);
      }
      place += batch * layer.hidden * layer.spec.stateVectors();
    }
  }

  /**
   * One step of inference with the state carried by the caller.
   *
   * @param x inputs {@code [batch][features]}
   * @param state before, replaced by the state after, {@code [layer][h, c][batch][hidden]}
   * @param to top hidden state {@code [batch][hidden]}
   */
  public void step(int batch, float[] x, float[] state, float[] to) {
    begin(batch, 1);
    initialState(state, 0);
    input(x, 0);
    forward();
    finalState(state, 0);
    lastState(to, 0);
  }
}

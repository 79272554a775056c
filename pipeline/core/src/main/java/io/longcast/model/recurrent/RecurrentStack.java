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
 * unmasked step, wherever the padding is.
 *
 * <p>Not thread-safe: one a task. The back end stays the caller's to close.
 */
public final class RecurrentStack {
  private final List<CellSpec> specs;
  private final LayerChain chain;
  private final StackState state;
  private final TopStates outputs;
  private final StackDropout dropout;
  private final StepMasks masks;
  private final int maxRows;
  private final int maxSteps;
  private final int parameters;
  private int batch;
  private int rows;
  private int steps;
  private boolean packedBackward;
  private boolean packedInputs;
  private int firstStep;

  /**
   * @param specs layers from the input up; each takes as many inputs as the one below has units
   * @param dropout share of values dropped between layers in training, 0 for none
   * @param maxBatch most sequences in a batch
   * @param maxSteps most steps in a sequence
   * @param backend how to compute
   */
  public RecurrentStack(
      List<CellSpec> specs, double dropout, int maxBatch, int maxSteps, Backend backend) {
    if (maxBatch < 1 || maxSteps < 1) {
      throw new IllegalArgumentException(
          "batch and steps must be >= 1, found " + maxBatch + " and " + maxSteps);
    }
    this.specs = List.copyOf(specs);
    this.parameters = parameters(this.specs);
    this.maxRows = maxBatch;
    this.maxSteps = maxSteps;
    this.dropout = new StackDropout(dropout, maxBatch, maxSteps);
    this.masks = new StepMasks(paddedRows(maxBatch), maxSteps);
    this.chain = new LayerChain(this.specs, new Capacity(paddedRows(maxBatch), maxSteps, backend));
    this.outputs = new TopStates(chain, masks);
    this.state = new StackState(chain.layers);
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
    return chain.layers[0].inputs;
  }

  /** Units of the top layer. */
  public int hidden() {
    return chain.top.hidden;
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
    for (RecurrentLayer layer : chain.layers) {
      layer.load(parameters, from);
      from += layer.spec.parameters();
    }
    packedBackward = false;
  }

  /** Starts a batch: zero states, nothing masked. */
  public void begin(int batch, int steps) {
    if (batch < 1 || batch > maxRows || steps < 1 || steps > maxSteps) {
      throw new IllegalArgumentException(
          String.format(
              "batch and steps must be in 1..%d and 1..%d, found %d and %d",
              maxRows, maxSteps, batch, steps));
    }
    this.batch = batch;
    this.rows = paddedRows(batch);
    this.steps = steps;
    masks.clear();
    outputs.clear();
    for (RecurrentLayer layer : chain.layers) {
      layer.begin(rows, batch, steps);
    }
  }

  /**
   * Masks steps.
   *
   * @param mask {@code [time][batch]}: 0 for a step to skip
   */
  public void mask(float[] mask, int at) {
    masks.set(mask, at, steps, batch, rows);
  }

  /** Sets the state before the first step, {@code [layer][h, c][batch][hidden]}. */
  public void initialState(float[] from, int at) {
    state.read(from, at, batch);
  }

  /** Copies the inputs in, {@code [time][batch][features]}. */
  public void input(float[] x, int at) {
    int features = inputs();
    for (int t = 0; t < steps; t++) {
      for (int r = 0; r < batch; r++) {
        System.arraycopy(x, at + (t * batch + r) * features, chain.arena, inputAt(t, r), features);
      }
    }
  }

  /** The arena, for a caller that cuts batches straight into it at {@link #inputAt}. */
  public float[] arena() {
    return chain.arena;
  }

  /** Where the features of step {@code t} of sequence {@code row} lie in {@link #arena()}. */
  public int inputAt(int t, int row) {
    return chain.layers[0].inputAt(t, row);
  }

  /** Forward through all layers and steps without dropout. */
  public void forward() {
    dropout.off();
    run();
  }

  /** Forward as in training: values between layers are dropped, by a pattern of the seed. */
  public void forwardTraining(long seed) {
    dropout.on(seed);
    run();
  }

  private void run() {
    for (int l = 0; l < chain.layers.length; l++) {
      RecurrentLayer next = chain.above(l);
      for (int t = 0; t < steps; t++) {
        chain.layers[l].forward(t, masks.of(t), next);
        if (next != null) {
          dropout.inputs(next, l + 1, t, batch);
        }
      }
    }
  }

  /** Writes the top layer's last hidden state of each row, {@code [batch][hidden]}. */
  public void lastState(float[] to, int at) {
    outputs.writeLast(to, at, batch);
  }

  /** Writes all hidden states of the top layer, {@code [time][batch][hidden]}; 0 where masked. */
  public void states(float[] to, int at) {
    outputs.writeAll(to, at, batch);
  }

  /** Writes the state after the last step, {@code [layer][h, c][batch][hidden]}. */
  public void finalState(float[] to, int at) {
    stateAfter(steps, to, at);
  }

  /** Writes the state after {@code count} steps, {@code [layer][h, c][batch][hidden]}. */
  public void stateAfter(int count, float[] to, int at) {
    state.write(count, to, at, batch);
  }

  /** Gives the gradient of {@link #lastState}; adds to one already given. */
  public void gradientOfLastState(float[] gradient, int at) {
    outputs.addLastGradient(gradient, at, batch);
  }

  /** Gives the gradient of {@link #states}. */
  public void gradientOfStates(float[] gradient, int at) {
    outputs.readGradients(gradient, at, batch);
  }

  /** Gives the gradient of {@link #finalState}; adds to that of the last state. */
  public void gradientOfFinalState(float[] gradient, int at) {
    state.addGradient(gradient, at, batch);
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
    int place = at + parameters;
    for (int l = chain.layers.length - 1; l >= 0; l--) {
      RecurrentLayer layer = chain.layers[l];
      RecurrentLayer next = chain.above(l);
      int above = next == null ? chain.stateGradients : next.dx;
      int stride = next == null ? outputs.gradientStride() : layer.width;
      layer.backward(masks, above, stride, states, from);
      if (l > 0) {
        dropout.gradients(layer, l, from, batch);
      }
      place -= layer.spec.parameters();
      layer.store(gradient, place);
    }
  }

  /** Packs once after each {@link #load}, and again when the first layer's inputs come to count. */
  private void prepareBackward(boolean inputs) {
    if (packedBackward && (packedInputs || !inputs)) {
      chain.layers[0].wantInputGradient(inputs);
      return;
    }
    for (int l = 0; l < chain.layers.length; l++) {
      chain.layers[l].packBackward(l > 0 || inputs);
    }
    packedBackward = true;
    packedInputs = inputs;
  }

  /** Writes the gradient of the inputs, {@code [time][batch][features]}. */
  public void inputGradient(float[] to, int at) {
    RecurrentLayer layer = chain.layers[0];
    Arrays.fill(to, at, at + firstStep * batch * layer.inputs, 0f);
    for (int t = firstStep; t < steps; t++) {
      System.arraycopy(
          chain.arena,
          layer.dx + t * rows * layer.inputs,
          to,
          at + t * batch * layer.inputs,
          batch * layer.inputs);
    }
  }

  /** Writes the gradient of the initial state, {@code [layer][h, c][batch][hidden]}. */
  public void initialStateGradient(float[] to, int at) {
    state.writeGradient(to, at, batch);
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

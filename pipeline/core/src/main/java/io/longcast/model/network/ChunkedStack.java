package io.longcast.model.network;

import io.longcast.model.recurrent.Backend;
import io.longcast.model.recurrent.RecurrentStack;
import java.util.Arrays;

/**
 * Recurrent layers over a sequence that is cut into chunks, counted from its end: forward with the
 * state carried from chunk to chunk, backward within each chunk (truncated backpropagation through
 * time; Williams and Peng 1990). Activations are held for one chunk: a chunk before the last is run
 * forward again, from its saved first state, when its gradient is wanted. One chunk is full
 * backpropagation.
 *
 * <p>Outputs are the top states of the steps from {@code firstOutput} on; chunks before them have
 * no gradient and are skipped in the backward pass.
 */
final class ChunkedStack {
  private final int steps;
  private final int firstOutput;
  private final int chunk;
  private final int hidden;
  private final RecurrentStack stack;
  private final float[][] starts;
  private final float[] mask;
  private final float[] states;
  private boolean masked;
  private int loaded;

  /** Writes the inputs of one step of one row; knows which steps are padding. */
  interface Inputs {
    void write(int step, int row, float[] to, int at);

    boolean padding(int step, int row);
  }

  /**
   * @param batch most rows
   * @param steps of every sequence
   * @param firstOutput first step whose state is read
   * @param backpropSteps length of a chunk, 0 for all steps
   */
  ChunkedStack(
      Recurrence recurrence,
      int batch,
      int steps,
      int firstOutput,
      int backpropSteps,
      Backend backend) {
    this.steps = steps;
    this.firstOutput = firstOutput;
    chunk = backpropSteps == 0 ? steps : Math.min(steps, backpropSteps);
    stack = recurrence.open(batch, chunk, backend);
    hidden = stack.hidden();
    mask = new float[chunk * batch];
    states = new float[chunk * batch * hidden];
    starts = new float[chunks()][];
    float[] carried = new float[batch * stack.stateSize()];
    for (int c = 1; c < starts.length; c++) {
      // A chunk without outputs is never run again: its first state need not outlive it.
      starts[c] = end(c) > firstOutput ? new float[carried.length] : carried;
    }
  }

  /** The layers; after {@link #forward} they hold the last chunk. */
  RecurrentStack stack() {
    return stack;
  }

  int chunks() {
    return (steps + chunk - 1) / chunk;
  }

  /** Longest run of steps that is held at once. */
  int chunkLength() {
    return chunk;
  }

  /** First chunk that has outputs. */
  int firstOutputChunk() {
    int c = 0;
    while (end(c) <= firstOutput) {
      c++;
    }
    return c;
  }

  int begin(int c) {
    return Math.max(0, end(c) - chunk);
  }

  int end(int c) {
    return steps - (chunks() - 1 - c) * chunk;
  }

  /**
   * Runs all chunks.
   *
   * @param outputs {@code [steps - firstOutput][size][hidden]}
   */
  void forward(Tape tape, Inputs inputs, float[] outputs) {
    masked = anyPadding(tape, inputs);
    for (int c = 0; c < chunks(); c++) {
      run(tape, inputs, c);
      if (c + 1 < chunks()) {
        stack.finalState(starts[c + 1], 0);
      }
      readOutputs(tape, c, outputs);
    }
  }

  private boolean anyPadding(Tape tape, Inputs inputs) {
    for (int i = 0; i < tape.size; i++) {
      if (inputs.padding(0, i)) {
        return true;
      }
    }
    return false;
  }

  private void run(Tape tape, Inputs inputs, int c) {
    int begin = begin(c);
    int length = end(c) - begin;
    stack.begin(tape.size, length);
    if (c > 0) {
      stack.initialState(starts[c], 0);
    }
    for (int t = 0; t < length; t++) {
      for (int i = 0; i < tape.size; i++) {
        mask[t * tape.size + i] = masked && inputs.padding(begin + t, i) ? 0 : 1;
        inputs.write(begin + t, i, stack.arena(), stack.inputAt(t, i));
      }
    }
    if (masked) {
      stack.mask(mask, 0);
    }
    if (tape.training) {
      stack.forwardTraining(tape.dropoutSeed + 0x9E3779B97F4A7C15L * (chunks() - 1 - c));
    } else {
      stack.forward();
    }
    loaded = c;
  }

  private void readOutputs(Tape tape, int c, float[] outputs) {
    if (end(c) <= firstOutput) {
      return;
    }
    int row = tape.size * hidden;
    int from = Math.max(firstOutput, begin(c));
    stack.states(states, 0);
    System.arraycopy(
        states,
        (from - begin(c)) * row,
        outputs,
        (from - firstOutput) * row,
        (end(c) - from) * row);
  }

  /** Gradients go in and parameters' gradients come out chunk by chunk, from the last. */
  interface AfterChunk {
    /** Called when the layers hold the gradients of steps {@code begin} to {@code end}. */
    void accept(int begin, int end);
  }

  /**
   * Backward through the chunks that have outputs.
   *
   * @param dOutputs {@code [steps - firstOutput][size][hidden]}
   * @param dFinal gradient of the whole state after the last step, or null
   * @param offset of the layers' parameters in {@code gradient}, to which their gradient is added
   * @param inputGradient whether {@code after} reads the gradient of the inputs
   */
  void backward(
      Tape tape,
      Inputs inputs,
      float[] dOutputs,
      float[] dFinal,
      float[] gradient,
      int offset,
      AfterChunk after,
      boolean inputGradient) {
    for (int c = chunks() - 1; c >= firstOutputChunk(); c--) {
      if (c != loaded) {
        run(tape, inputs, c);
      }
      giveGradients(tape, c, dOutputs);
      if (dFinal != null && c == chunks() - 1) {
        stack.gradientOfFinalState(dFinal, 0);
      }
      stack.backward(gradient, offset, inputGradient, false);
      after.accept(begin(c), end(c));
    }
  }

  private void giveGradients(Tape tape, int c, float[] dOutputs) {
    if (firstOutput == steps - 1) {
      stack.gradientOfLastState(dOutputs, 0);
      return;
    }
    int row = tape.size * hidden;
    int from = Math.max(firstOutput, begin(c));
    int before = (from - begin(c)) * row;
    Arrays.fill(states, 0, before, 0);
    System.arraycopy(dOutputs, (from - firstOutput) * row, states, before, (end(c) - from) * row);
    stack.gradientOfStates(states, 0);
  }
}

package io.longcast.logs.language;

import io.longcast.model.Trainable.LossSum;
import io.longcast.model.recurrent.Backend;
import io.longcast.model.recurrent.RecurrentStack;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Forward and backward of the language model over a batch of sessions. Step {@code t} reads the key
 * before it (the start at 0) and predicts key {@code t}, or the end at the session's length.
 * Sessions longer than a chunk go through in chunks: the state is carried on, the gradient stops at
 * the chunk's start (truncated backpropagation through time).
 *
 * <p>Not thread-safe: one a task.
 */
final class KeyNetwork {
  private final KeyLayout layout;
  private final KeyInputs inputs;
  private final RecurrentStack stack;
  private final SoftmaxHead head;
  private final int chunk;
  private final float[] x;
  private final float[] dx;
  private final float[] mask;
  private final float[] h;
  private final float[] dh;
  private final float[] state;
  private final float[] counts;

  KeyNetwork(KeyModelSpec spec, int keys, int maxBatch, Backend backend) {
    layout = new KeyLayout(spec, keys);
    inputs = new KeyInputs(layout, spec.runningCounts());
    chunk = spec.chunk();
    stack = new RecurrentStack(layout.cells, 0, maxBatch, chunk, backend);
    int rows = maxBatch * chunk;
    head = new SoftmaxHead(layout, spec.hidden(), rows, backend.product());
    x = new float[rows * layout.features];
    dx = new float[layout.embedded ? rows * layout.features : 0];
    mask = new float[rows];
    h = new float[rows * spec.hidden()];
    dh = new float[rows * spec.hidden()];
    state = new float[maxBatch * stack.stateSize()];
    counts = new float[maxBatch * inputs.countsPerRow()];
  }

  KeyLayout layout() {
    return layout;
  }

  /** Mean loss a target; its gradient replaces {@code gradient}. */
  double lossAndGradient(KeyBatch batch, float[] parameters, float[] gradient) {
    Arrays.fill(gradient, 0);
    stack.load(parameters, layout.stackAt);
    float weight = 1f / batch.targets();
    double[] loss = new double[1];
    forward(
        batch,
        parameters,
        from -> {
          loss[0] += head.loss(batch, from, steps(batch, from));
          backward(batch, from, weight, parameters, gradient);
        });
    return loss[0] / batch.targets();
  }

  /** Summed loss over the targets, in nats. */
  LossSum loss(KeyBatch batch, float[] parameters) {
    stack.load(parameters, layout.stackAt);
    double[] loss = new double[1];
    forward(batch, parameters, from -> loss[0] += head.loss(batch, from, steps(batch, from)));
    return new LossSum(loss[0], batch.targets());
  }

  /**
   * The probabilities of all classes at each step of each session.
   *
   * @param each callback: session of the batch, step, and offset in {@link #probabilities()}
   */
  void predict(KeyBatch batch, float[] parameters, StepReader each) {
    stack.load(parameters, layout.stackAt);
    forward(
        batch,
        parameters,
        from -> {
          int steps = steps(batch, from);
          head.loss(batch, from, steps);
          for (int r = 0; r < steps * batch.size(); r++) {
            if (batch.has(r % batch.size(), from + r / batch.size())) {
              each.read(r % batch.size(), from + r / batch.size(), r * layout.classes);
            }
          }
        });
  }

  /** Reads the classes' probabilities of one step. */
  @FunctionalInterface
  interface StepReader {
    void read(int session, int step, int at);
  }

  float[] probabilities() {
    return head.classes();
  }

  private int steps(KeyBatch batch, int from) {
    return Math.min(chunk, batch.steps() - from);
  }

  private void forward(KeyBatch batch, float[] parameters, IntConsumer afterChunk) {
    Arrays.fill(counts, 0);
    for (int from = 0; from < batch.steps(); from += chunk) {
      int steps = steps(batch, from);
      stack.begin(batch.size(), steps);
      inputs.fill(batch, from, steps, parameters, counts, x, mask);
      stack.mask(mask, 0);
      if (from > 0) {
        stack.initialState(state, 0);
      }
      stack.input(x, 0);
      stack.forward();
      stack.states(h, 0);
      stack.finalState(state, 0);
      head.forward(h, steps * batch.size(), parameters);
      afterChunk.accept(from);
    }
  }

  private void backward(
      KeyBatch batch, int from, float weight, float[] parameters, float[] gradient) {
    int steps = steps(batch, from);
    head.backward(batch, from, steps, weight, h, parameters, gradient, dh);
    stack.gradientOfStates(dh, 0);
    stack.backward(gradient, layout.stackAt, layout.embedded, false);
    if (layout.embedded) {
      stack.inputGradient(dx, 0);
      inputs.backward(batch, from, steps, dx, gradient);
    }
  }
}

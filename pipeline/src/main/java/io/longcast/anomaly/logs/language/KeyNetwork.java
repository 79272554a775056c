package io.longcast.anomaly.logs.language;

import io.longcast.model.Trainable.LossSum;
import io.longcast.model.recurrent.Backend;
import io.longcast.model.recurrent.MatrixProduct;
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
  private final boolean runningCounts;
  private final RecurrentStack stack;
  private final MatrixProduct product;
  private final int chunk;
  private final int hidden;
  private final float[] x;
  private final float[] dx;
  private final float[] mask;
  private final float[] h;
  private final float[] dh;
  private final float[] logits;
  private final float[] state;
  private float[] counts;

  KeyNetwork(KeyModelSpec spec, int keys, int maxBatch, Backend backend) {
    layout = new KeyLayout(spec, keys);
    runningCounts = spec.runningCounts();
    chunk = spec.chunk();
    hidden = spec.hidden();
    stack = new RecurrentStack(layout.cells, 0, maxBatch, chunk, backend);
    product = backend.product();
    int cells = maxBatch * chunk;
    x = new float[cells * layout.features];
    dx = new float[layout.embedded ? cells * layout.features : 0];
    mask = new float[cells];
    h = new float[cells * hidden];
    dh = new float[cells * hidden];
    logits = new float[cells * layout.classes];
    state = new float[maxBatch * stack.stateSize()];
    counts = new float[maxBatch * keys];
  }

  KeyLayout layout() {
    return layout;
  }

  /** A batch of sessions. */
  record Batch(int[][] sessions, int size) {

    /** Steps of the longest session, its end included. */
    int steps() {
      int longest = 0;
      for (int b = 0; b < size; b++) {
        longest = Math.max(longest, sessions[b].length);
      }
      return longest + 1;
    }

    long targets() {
      long sum = 0;
      for (int b = 0; b < size; b++) {
        sum += sessions[b].length + 1;
      }
      return sum;
    }
  }

  /** Mean loss a target; its gradient replaces {@code gradient}. */
  double lossAndGradient(Batch batch, float[] parameters, float[] gradient) {
    Arrays.fill(gradient, 0);
    stack.load(parameters, layout.stackAt);
    float weight = 1f / batch.targets();
    double[] loss = new double[1];
    forward(
        batch,
        parameters,
        from -> {
          loss[0] += softmaxLoss(batch, from);
          backward(batch, from, weight, parameters, gradient);
        });
    return loss[0] / batch.targets();
  }

  /** Summed loss over the targets, in nats. */
  LossSum loss(Batch batch, float[] parameters) {
    stack.load(parameters, layout.stackAt);
    double[] loss = new double[1];
    forward(batch, parameters, from -> loss[0] += softmaxLoss(batch, from));
    return new LossSum(loss[0], batch.targets());
  }

  /**
   * The probabilities of all classes at each step of each session.
   *
   * @param each told of them: session of the batch, step, and where in {@link #probabilities()}
   */
  void predict(Batch batch, float[] parameters, StepReader each) {
    stack.load(parameters, layout.stackAt);
    forward(
        batch,
        parameters,
        from -> {
          softmaxLoss(batch, from);
          int steps = stepsFrom(batch, from);
          for (int t = 0; t < steps; t++) {
            for (int b = 0; b < batch.size(); b++) {
              if (from + t <= batch.sessions()[b].length) {
                each.read(b, from + t, (t * batch.size() + b) * layout.classes);
              }
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
    return logits;
  }

  private int stepsFrom(Batch batch, int from) {
    return Math.min(chunk, batch.steps() - from);
  }

  private void forward(Batch batch, float[] parameters, IntConsumer afterChunk) {
    Arrays.fill(counts, 0);
    for (int from = 0; from < batch.steps(); from += chunk) {
      int steps = stepsFrom(batch, from);
      stack.begin(batch.size(), steps);
      fill(batch, from, steps, parameters);
      stack.mask(mask, 0);
      if (from > 0) {
        stack.initialState(state, 0);
      }
      stack.input(x, 0);
      stack.forward();
      stack.states(h, 0);
      output(steps * batch.size(), parameters);
      stack.finalState(state, 0);
      afterChunk.accept(from);
    }
  }

  private void fill(Batch batch, int from, int steps, float[] parameters) {
    int size = batch.size();
    Arrays.fill(x, 0, steps * size * layout.features, 0);
    for (int b = 0; b < size; b++) {
      int[] session = batch.sessions()[b];
      for (int t = 0; t < steps; t++) {
        boolean used = from + t <= session.length;
        mask[t * size + b] = used ? 1 : 0;
        if (used) {
          int key = from + t == 0 ? layout.start() : session[from + t - 1];
          input(b, key, (t * size + b) * layout.features, parameters);
        }
      }
    }
  }

  /** A key that no normal session has enters as zeros. */
  private void input(int b, int key, int at, float[] parameters) {
    boolean known = key >= 0 && key <= layout.keys;
    if (known && layout.embedded) {
      System.arraycopy(parameters, key * layout.width, x, at, layout.width);
    } else if (known) {
      x[at + key] = 1;
    }
    if (runningCounts) {
      if (known && key < layout.keys) {
        counts[b * layout.keys + key]++;
      }
      for (int k = 0; k < layout.keys; k++) {
        float count = counts[b * layout.keys + k];
        x[at + layout.width + k] = count == 0 ? 0 : (float) Math.log1p(count);
      }
    }
  }

  private void output(int rows, float[] parameters) {
    int classes = layout.classes;
    for (int r = 0; r < rows; r++) {
      System.arraycopy(parameters, layout.biasAt, logits, r * classes, classes);
    }
    product.multiply(
        false,
        false,
        rows,
        classes,
        hidden,
        h,
        0,
        hidden,
        parameters,
        layout.weightAt,
        classes,
        true,
        logits,
        0,
        classes);
  }

  /** Turns the logits of a chunk into probabilities; returns the summed loss of its targets. */
  private double softmaxLoss(Batch batch, int from) {
    double loss = 0;
    int steps = stepsFrom(batch, from);
    for (int t = 0; t < steps; t++) {
      for (int b = 0; b < batch.size(); b++) {
        int at = (t * batch.size() + b) * layout.classes;
        int target = target(batch.sessions()[b], from + t);
        if (from + t <= batch.sessions()[b].length) {
          softmax(at);
          loss -= target < 0 ? Math.log(1e-9) : Math.log(Math.max(logits[at + target], 1e-30f));
        }
      }
    }
    return loss;
  }

  private int target(int[] session, int step) {
    return step >= session.length
        ? layout.end()
        : session[step] >= layout.keys ? -1 : session[step];
  }

  private void softmax(int at) {
    float most = logits[at];
    for (int c = 1; c < layout.classes; c++) {
      most = Math.max(most, logits[at + c]);
    }
    double sum = 0;
    for (int c = 0; c < layout.classes; c++) {
      logits[at + c] = (float) Math.exp(logits[at + c] - most);
      sum += logits[at + c];
    }
    for (int c = 0; c < layout.classes; c++) {
      logits[at + c] = (float) (logits[at + c] / sum);
    }
  }

  private void backward(Batch batch, int from, float weight, float[] parameters, float[] gradient) {
    int size = batch.size();
    int steps = stepsFrom(batch, from);
    int classes = layout.classes;
    for (int t = 0; t < steps; t++) {
      for (int b = 0; b < size; b++) {
        errors(batch.sessions()[b], from + t, (t * size + b) * classes, weight);
      }
    }
    int rows = steps * size;
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < classes; c++) {
        gradient[layout.biasAt + c] += logits[r * classes + c];
      }
    }
    product.multiply(
        true,
        false,
        hidden,
        classes,
        rows,
        h,
        0,
        hidden,
        logits,
        0,
        classes,
        true,
        gradient,
        layout.weightAt,
        classes);
    product.multiply(
        false,
        true,
        rows,
        hidden,
        classes,
        logits,
        0,
        classes,
        parameters,
        layout.weightAt,
        classes,
        false,
        dh,
        0,
        hidden);
    stack.gradientOfStates(dh, 0);
    stack.backward(gradient, layout.stackAt, layout.embedded, false);
    if (layout.embedded) {
      embeddingGradient(batch, from, steps, gradient);
    }
  }

  /** Probabilities become the gradient of the loss with respect to the logits. */
  private void errors(int[] session, int step, int at, float weight) {
    int target = target(session, step);
    boolean used = step <= session.length && target >= 0;
    for (int c = 0; c < layout.classes; c++) {
      logits[at + c] = used ? (logits[at + c] - (c == target ? 1 : 0)) * weight : 0;
    }
  }

  private void embeddingGradient(Batch batch, int from, int steps, float[] gradient) {
    int size = batch.size();
    stack.inputGradient(dx, 0);
    for (int t = 0; t < steps; t++) {
      for (int b = 0; b < size; b++) {
        int[] session = batch.sessions()[b];
        int key =
            from + t == 0 ? layout.start() : from + t > session.length ? -1 : session[from + t - 1];
        if (key >= 0 && key <= layout.keys) {
          for (int e = 0; e < layout.width; e++) {
            gradient[key * layout.width + e] += dx[(t * size + b) * layout.features + e];
          }
        }
      }
    }
  }
}

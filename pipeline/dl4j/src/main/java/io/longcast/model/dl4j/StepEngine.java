package io.longcast.model.dl4j;

import io.longcast.model.recurrent.Backend;
import io.longcast.model.recurrent.Ranges;
import io.longcast.model.recurrent.RecurrentStack;
import java.util.Arrays;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;

/**
 * Training steps of a DL4J network that go around {@code fit}: forward and backward run on heap
 * arrays, and the network's own updater applies the gradient. Parameters, updater state, iteration
 * count, score, listeners, constraints and serialization stay DL4J's.
 *
 * <p>Networks it takes: one or more {@link KernelRecurrent}, then either the last of them in {@code
 * LastTimeStep} and an {@code OutputLayer}, or an {@code RnnOutputLayer} with a label at each step;
 * any loss, activation, updater, schedule, regularization and gradient normalization of DL4J. Mean
 * square error and plain Adam run in Java and are fastest. What it does not take it refuses, with
 * the layer's name: dropout, weight noise, preprocessors, other layers, truncated backpropagation.
 *
 * <p>Rows are processed in blocks, so that the activations of a block stay in the cache. Not
 * thread-safe.
 */
public final class StepEngine {
  /** Rows of a block: what keeps a step's operands in the second-level cache. */
  private static final int BLOCK = 64;

  private final MultiLayerNetwork network;
  private final StepNetwork form;
  private final RecurrentStack stack;
  private final Dl4jStepHead head;
  private final StepLoss loss;
  private final StepUpdate update;
  private final StepRows rows;
  private final int block;
  private final float[] parameters;
  private final float[] gradient;
  private final float[] states;
  private final float[] dStates;
  private final float[] out;
  private double clipNorm = Double.POSITIVE_INFINITY;

  /**
   * @param network initialized; its parameters may be changed between steps
   * @param batch most sequences of a step
   * @param steps most steps of a sequence
   * @param backend how to compute; stays the caller's to close
   * @throws IllegalArgumentException for a network of another form, naming the layer
   */
  public StepEngine(MultiLayerNetwork network, int batch, int steps, Backend backend) {
    this.network = network;
    this.form = StepNetwork.of(network);
    this.block = Math.min(batch, BLOCK);
    this.stack = new RecurrentStack(form.cells(), 0, block, steps, backend);
    int outputs = form.outputs();
    this.head =
        new Dl4jStepHead(
            backend.product(), stack.hidden(), outputs, stack.parameters(), form.head().hasBias());
    this.loss = StepLoss.of(form.head(), outputs);
    this.update = StepUpdate.of(network);
    int places = form.everyStep() ? block * steps : block;
    this.rows = new StepRows(stack, places, outputs, form.everyStep());
    this.parameters = new float[Math.toIntExact(network.numParams())];
    this.gradient = new float[parameters.length];
    this.states = new float[places * stack.hidden()];
    this.dStates = new float[states.length];
    this.out = new float[places * outputs];
  }

  /** Clips the norm of the whole gradient, averaged over examples, to {@code most}. */
  public void clipNorm(double most) {
    clipNorm = most;
  }

  /** Sequences of the largest block; batches are cut at multiples of it. */
  public int block() {
    return block;
  }

  /**
   * One training step on sequences without masks.
   *
   * @return loss before the step
   */
  public double fit(float[] x, float[] y, int batch, int steps) {
    return fit(StepBatch.of(x, y, batch, steps));
  }

  /**
   * One training step.
   *
   * @return loss before the step, as DL4J scores: a sum over steps, a mean over sequences unless
   *     the network's {@code miniBatch} is off
   */
  public double fit(StepBatch data) {
    load();
    Arrays.fill(gradient, 0f);
    double sum = 0;
    for (int from = 0; from < data.batch(); from += block) {
      int count = Math.min(block, data.batch() - from);
      int places = forward(data, from, count);
      rows.labels(data, from, count);
      sum += loss.gradient(out, rows.labels(), 0, rows.weights(), places);
      backward(places);
    }
    int examples = network.conf().isMiniBatch() ? data.batch() : 1;
    double score = sum / examples + regularization();
    update.apply(parameters, gradient, clipping(examples), data.batch());
    finish(score);
    return score;
  }

  /**
   * Outputs without masks.
   *
   * @param to {@code [batch][outputs]}, or {@code [batch][time][outputs]}
   */
  public void output(float[] x, int batch, int steps, float[] to) {
    output(StepBatch.of(x, to, batch, steps), to);
  }

  /** Outputs, at a masked step those of a state of zeros, as DL4J's. The labels are not read. */
  public void output(StepBatch data, float[] to) {
    load();
    for (int from = 0; from < data.batch(); from += block) {
      int count = Math.min(block, data.batch() - from);
      loss.activate(out, forward(data, from, count));
      rows.write(out, data, from, count, to);
    }
  }

  private void load() {
    HeapCopy.read(network.params(), parameters, 0);
    stack.load(parameters, 0);
  }

  /** Leaves pre-activations in {@link #out} and gives their rows. */
  private int forward(StepBatch data, int from, int count) {
    rows.inputs(data, from, count);
    stack.forward();
    if (form.everyStep()) {
      stack.states(states, 0);
    } else {
      stack.lastState(states, 0);
    }
    int places = form.everyStep() ? count * data.steps() : count;
    head.forward(parameters, states, places, out);
    return places;
  }

  private void backward(int places) {
    head.backward(parameters, states, out, places, gradient, dStates);
    if (form.everyStep()) {
      stack.gradientOfStates(dStates, 0);
    } else {
      stack.gradientOfLastState(dStates, 0);
    }
    stack.backward(gradient, 0);
  }

  private double regularization() {
    return update instanceof HeapAdam ? 0 : network.calcRegularizationScore(true);
  }

  private double clipping(int examples) {
    if (clipNorm == Double.POSITIVE_INFINITY) {
      return 1;
    }
    double norm = Math.sqrt(Ranges.sumOfSquares(gradient, 0, gradient.length)) / examples;
    return norm > clipNorm ? clipNorm / norm : 1;
  }

  private void finish(double score) {
    int iteration = network.getIterationCount();
    network.applyConstraints(iteration, network.getEpochCount());
    network.setScore(score);
    network.setIterationCount(iteration + 1);
    for (TrainingListener listener : network.getListeners()) {
      listener.iterationDone(network, iteration, network.getEpochCount());
    }
  }
}

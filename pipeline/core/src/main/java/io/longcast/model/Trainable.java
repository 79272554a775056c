package io.longcast.model;

import io.longcast.window.WindowBatch;
import java.util.List;

/**
 * One replica of a network that can be trained: what the trainer needs to know of a model, and no
 * more. Parameters and updater state (the moments of Adam) are flat vectors that travel between
 * driver and executors.
 *
 * <p>Deterministic: the same vectors, batches, seeds and rates give the same bits on the same
 * numerics. Not thread-safe: one replica a task slot, reused over rounds.
 */
public interface Trainable extends AutoCloseable {

  /** Length of the parameter vector. */
  int parameterCount();

  /** Length of the updater's state, 0 for plain gradient descent. */
  int updaterStateCount();

  /** Draws the initial parameters from a seed. */
  void initialize(long seed);

  /** Copies both vectors in. {@code updaterState} null: the state starts at zero. */
  void load(float[] parameters, float[] updaterState);

  /** Copies both vectors out; {@code updaterState} may be null. */
  void store(float[] parameters, float[] updaterState);

  /**
   * One update: forward, loss, backward, clipping, updater.
   *
   * @param batch a minibatch in raw units
   * @param settings of this step
   * @return the loss before the update, and what the gradient looked like
   */
  StepReport step(WindowBatch batch, StepSettings settings);

  /**
   * Layers whose gradients are reported separately; empty where the model does not separate them.
   */
  default List<String> layers() {
    return List.of();
  }

  /**
   * The norms of the last step's gradient before clipping.
   *
   * @param into one for each of {@link #layers}
   */
  default void layerNorms(double[] into) {}

  /**
   * The norms of the last step's gradient at the inputs of each recurrent time step, in order of
   * time: where the first are much smaller than the last, the gradient vanishes on its way back.
   * Empty unless the step's settings requested them and the model provides them.
   */
  default double[] timeStepNorms() {
    return new double[0];
  }

  /**
   * The loss of a batch without dropout and without an update.
   *
   * @return summed over the batch's observed targets, and the weight it was summed over
   */
  LossSum loss(WindowBatch batch);

  @Override
  default void close() {}

  /**
   * Settings of one update.
   *
   * @param iteration updates so far on this lineage, from 0; Adam's bias correction counts them
   * @param learningRate of this step
   * @param dropoutSeed the seed of the dropout masks
   * @param clipShare gradients are cut to this share of the norm that the model allows, above 0 to
   *     1; less than 1 after a round that failed
   * @param timeStepNorms whether {@link #timeStepNorms()} is wanted of the step
   */
  record StepSettings(
      long iteration,
      double learningRate,
      long dropoutSeed,
      double clipShare,
      boolean timeStepNorms) {

    /** Cut to the model's own norm. */
    public StepSettings(long iteration, double learningRate, long dropoutSeed) {
      this(iteration, learningRate, dropoutSeed, 1, false);
    }
  }

  /**
   * What one update saw.
   *
   * @param loss mean loss of the batch before the update
   * @param gradientNorm global 2-norm of the gradient before clipping
   * @param clipped whether clipping changed the gradient
   * @param examples windows in the batch
   */
  record StepReport(double loss, double gradientNorm, boolean clipped, int examples) {}

  /**
   * A loss as a mergeable sum.
   *
   * @param sum of the losses
   * @param weight number of observed targets summed over
   */
  record LossSum(double sum, double weight) {

    /** Of two disjoint parts. */
    public LossSum plus(LossSum other) {
      return new LossSum(sum + other.sum, weight + other.weight);
    }

    /** Mean, NaN where nothing was observed. */
    public double mean() {
      return sum / weight;
    }
  }
}

package io.longcast.train;

import java.util.List;
import java.util.Locale;

/**
 * One round of the learning curve.
 *
 * @param round from 1
 * @param step updates of each shard up to the end of the round
 * @param trainLoss mean over the round's minibatches, weighted by windows
 * @param validationLoss after the round, NaN where no pass was made
 * @param rate learning rate of the last step
 * @param gradientNorm mean 2-norm before clipping
 * @param maxGradientNorm largest of the round
 * @param clippedShare share of the steps whose gradient was clipped
 * @param windows trained on
 * @param windowsPerSecond over the whole round
 * @param seconds the whole round, validation apart
 * @param computeSeconds of the busiest task slot
 * @param broadcastSeconds sending parameters out
 * @param reduceSeconds averaging on the driver
 * @param waitSeconds the rest: scheduling, transport, stragglers
 * @param validationSeconds the pass after the round, 0 where none was made
 * @param stragglerShare busiest shard's compute time over the mean shard's, minus 1
 * @param parameterNorm 2-norm of the averaged parameters
 * @param updateNorm 2-norm of the round's change of the parameters
 * @param layers gradients by layer, in the order of the parameters; empty where the model tells
 *     none
 * @param timeStepNorms mean norm of the gradient at the inputs of each time step, in order of time;
 *     empty unless {@code training.divergence.timeStepNorms} asks for it
 */
public record RoundRecord(
    long round,
    long step,
    double trainLoss,
    double validationLoss,
    double rate,
    double gradientNorm,
    double maxGradientNorm,
    double clippedShare,
    long windows,
    double windowsPerSecond,
    double seconds,
    double computeSeconds,
    double broadcastSeconds,
    double reduceSeconds,
    double waitSeconds,
    double validationSeconds,
    double stragglerShare,
    double parameterNorm,
    double updateNorm,
    List<Layer> layers,
    List<Double> timeStepNorms) {

  public RoundRecord {
    timeStepNorms = timeStepNorms == null ? List.of() : List.copyOf(timeStepNorms);
    layers = layers == null ? List.of() : List.copyOf(layers);
  }

  /**
   * The gradients of one layer.
   *
   * @param name of the layer
   * @param gradientNorm mean 2-norm before clipping
   * @param maxGradientNorm largest of the round
   * @param clippedShare share of the steps that were clipped with this layer's gradient the longest
   */
  public record Layer(
      String name, double gradientNorm, double maxGradientNorm, double clippedShare) {}

  /** The learning curve as text, for a progress line. */
  public String line() {
    String text =
        String.format(
            Locale.ROOT,
            "loss %.4g, rate %.2g, norm %.2g, %,.0f windows/s, %.0f %% compute",
            trainLoss,
            rate,
            gradientNorm,
            windowsPerSecond,
            100 * computeSeconds / seconds);
    return Double.isNaN(validationLoss)
        ? text
        : text + String.format(Locale.ROOT, ", validation %.4g", validationLoss);
  }

  /** The same with the loss of a validation pass and its time. */
  RoundRecord withValidation(double loss, double took) {
    return new RoundRecord(
        round,
        step,
        trainLoss,
        loss,
        rate,
        gradientNorm,
        maxGradientNorm,
        clippedShare,
        windows,
        windowsPerSecond,
        seconds,
        computeSeconds,
        broadcastSeconds,
        reduceSeconds,
        waitSeconds,
        took,
        stragglerShare,
        parameterNorm,
        updateNorm,
        layers,
        timeStepNorms);
  }
}

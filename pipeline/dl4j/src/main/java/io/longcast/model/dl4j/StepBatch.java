package io.longcast.model.dl4j;

import java.util.Optional;

/**
 * One minibatch for a {@link StepEngine}, on the heap and in the order in which windows are cut.
 *
 * @param x features {@code [batch][time][features]}
 * @param y labels {@code [batch][outputs]}, or {@code [batch][time][outputs]} for a network with a
 *     label at each step
 * @param mask {@code [batch][time]}: 0 for a step to skip; absent: none is skipped
 * @param labelMask weight of each label, {@code [batch]} or {@code [batch][time]}; absent: the
 *     features' mask where there is a label at each step, else 1
 * @param batch sequences, 1 or more
 * @param steps steps of a sequence, 1 or more
 */
public record StepBatch(
    float[] x,
    float[] y,
    Optional<float[]> mask,
    Optional<float[]> labelMask,
    int batch,
    int steps) {

  /** Checks the lengths that do not depend on the network. */
  public StepBatch {
    if (batch < 1 || steps < 1) {
      throw new IllegalArgumentException(
          "batch and steps must be >= 1, found " + batch + " and " + steps);
    }
    int cells = batch * steps;
    if (mask.isPresent() && mask.get().length < cells) {
      throw new IllegalArgumentException(
          "mask must hold batch x steps = " + cells + " values, found " + mask.get().length);
    }
  }

  /** A batch without masks; the arrays are not copied. */
  public static StepBatch of(float[] x, float[] y, int batch, int steps) {
    return new StepBatch(x, y, Optional.empty(), Optional.empty(), batch, steps);
  }
}

package io.longcast.model;

/**
 * Classes of the steps of a batch of windows; reusable, filled by a {@link Classifier}.
 *
 * <p>Always holds after a call: the probabilities of a step add up to 1, to rounding.
 */
public final class ClassBatch {
  private final int classes;
  private final int[] codes;
  private final float[] probabilities;

  /**
   * @param capacity most windows
   * @param horizon labelled steps of a window
   * @param classes number of classes
   */
  public ClassBatch(int capacity, int horizon, int classes) {
    this.classes = classes;
    codes = new int[capacity * horizon];
    probabilities = new float[capacity * horizon * classes];
  }

  /** Number of classes. */
  public int classes() {
    return classes;
  }

  /** The class decided for, {@code [windows, horizon]}; not always the most probable one. */
  public int[] codes() {
    return codes;
  }

  /** {@code [windows, horizon, classes]}. */
  public float[] probabilities() {
    return probabilities;
  }
}

package io.longcast.window;

import io.longcast.series.Segment;
import java.util.Arrays;

/**
 * A reusable batch of windows in raw units, cut from segments into flat row-major arrays. One
 * window is one (segment, channel, origin). Where floats would hide how a series changes, the
 * context and target of its windows are measured from an {@link #offset}, and covariates from a
 * value of their own; the offset of other windows is 0.
 *
 * <p>Always holds: no NaN in any array; a value whose {@code observed} flag is 0 is filled (by the
 * gap policy, or by left padding with the first value) and must not enter a loss or a score.
 *
 * <p>Not thread-safe; one per task. The arrays are handed out as they are, for speed: a forecaster
 * reads them and never writes.
 */
public final class WindowBatch {
  private final int capacity;
  private final int contextLength;
  private final int horizon;
  private final int pastCovariates;
  private final int knownCovariates;
  private final int staticCovariates;
  private final float[] context;
  private final float[] contextObserved;
  private final float[] target;
  private final float[] targetObserved;
  private final float[] past;
  private final float[] known;
  private final int[] statics;
  private final int[] padding;
  private final Segment[] segments;
  private final int[] channels;
  private final int[] origins;
  private final double[] offsets;
  private int size;

  /**
   * @param capacity most windows in the batch
   * @param spec lengths of context and horizon
   * @param pastCovariates past covariates a window
   * @param knownCovariates known covariates a window, calendar covariates included
   * @param staticCovariates static category codes a window
   */
  public WindowBatch(
      int capacity,
      WindowSpec spec,
      int pastCovariates,
      int knownCovariates,
      int staticCovariates) {
    this.capacity = capacity;
    this.contextLength = spec.contextLength();
    this.horizon = spec.horizon();
    this.pastCovariates = pastCovariates;
    this.knownCovariates = knownCovariates;
    this.staticCovariates = staticCovariates;
    context = new float[capacity * contextLength];
    contextObserved = new float[capacity * contextLength];
    target = new float[capacity * horizon];
    targetObserved = new float[capacity * horizon];
    past = new float[capacity * pastCovariates * contextLength];
    known = new float[capacity * knownCovariates * (contextLength + horizon)];
    statics = new int[capacity * staticCovariates];
    padding = new int[capacity];
    segments = new Segment[capacity];
    channels = new int[capacity];
    origins = new int[capacity];
    offsets = new double[capacity];
  }

  /** Empties the batch. The arrays keep their memory. */
  public void clear() {
    Arrays.fill(segments, 0, size, null);
    size = 0;
  }

  /**
   * Claims the next free place for a window; the caller then writes its part of each array.
   *
   * @return the index of the window in the batch
   */
  public int add(Segment segment, int channel, int origin, int paddedSteps) {
    if (size == capacity) {
      throw new IllegalStateException("the batch is full: capacity = " + capacity);
    }
    segments[size] = segment;
    channels[size] = channel;
    origins[size] = origin;
    padding[size] = paddedSteps;
    offsets[size] = 0;
    return size++;
  }

  /** Windows in the batch now. */
  public int size() {
    return size;
  }

  /** Most windows the batch can hold. */
  public int capacity() {
    return capacity;
  }

  /** Steps of context a window. */
  public int contextLength() {
    return contextLength;
  }

  /** Steps of target a window. */
  public int horizon() {
    return horizon;
  }

  /** Past covariates a window. */
  public int pastCovariates() {
    return pastCovariates;
  }

  /** Known covariates a window. */
  public int knownCovariates() {
    return knownCovariates;
  }

  /** Static category codes a window. */
  public int staticCovariates() {
    return staticCovariates;
  }

  /** What context and target of window {@code i} are measured from. */
  public double offset(int i) {
    return offsets[i];
  }

  /** Says what context and target of window {@code i} are measured from. */
  public void offset(int i, double offset) {
    offsets[i] = offset;
  }

  /** {@code [size, contextLength]}, raw units less the offset, oldest first. */
  public float[] context() {
    return context;
  }

  /** {@code [size, contextLength]}, 1 where the value was observed, else 0. */
  public float[] contextObserved() {
    return contextObserved;
  }

  /** {@code [size, horizon]}, as the context; zeros where the window reaches into the future. */
  public float[] target() {
    return target;
  }

  /** {@code [size, horizon]}, 1 where the target was observed, else 0. */
  public float[] targetObserved() {
    return targetObserved;
  }

  /** {@code [size, pastCovariates, contextLength]}. */
  public float[] past() {
    return past;
  }

  /** {@code [size, knownCovariates, contextLength + horizon]}. */
  public float[] known() {
    return known;
  }

  /** {@code [size, staticCovariates]}, codes from 0; the code of a category never seen is 0. */
  public int[] statics() {
    return statics;
  }

  /** Steps at the start of window {@code i} that are left padding before the series begins. */
  public int padding(int i) {
    return padding[i];
  }

  /** Values of the context of window {@code i} behind its padding, at least 1. */
  public int historyLength(int i) {
    return contextLength - Math.min(padding[i], contextLength - 1);
  }

  /** The context of window {@code i} behind its padding, in raw units, oldest first. */
  public double[] history(int i) {
    double[] history = new double[historyLength(i)];
    int from = (i + 1) * contextLength - history.length;
    for (int t = 0; t < history.length; t++) {
      history[t] = offsets[i] + context[from + t];
    }
    return history;
  }

  /** Which values of {@link #history} were observed. */
  public boolean[] historyObserved(int i) {
    boolean[] observed = new boolean[historyLength(i)];
    int from = (i + 1) * contextLength - observed.length;
    for (int t = 0; t < observed.length; t++) {
      observed[t] = contextObserved[from + t] > 0;
    }
    return observed;
  }

  /** The segment window {@code i} was cut from. */
  public Segment segment(int i) {
    return segments[i];
  }

  /** The channel of window {@code i}. */
  public int channel(int i) {
    return channels[i];
  }

  /** The origin of window {@code i}, as a step of its segment. */
  public int origin(int i) {
    return origins[i];
  }
}

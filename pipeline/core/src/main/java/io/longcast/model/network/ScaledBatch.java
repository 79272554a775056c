package io.longcast.model.network;

import io.longcast.model.ModelOutput.Loss;
import io.longcast.model.ModelOutput.Weighting;
import io.longcast.model.ModelSpec;
import io.longcast.model.NetworkInputs;
import io.longcast.model.network.loss.Outputs;
import io.longcast.scale.Scale;
import io.longcast.scale.WindowScaler;
import io.longcast.window.WindowBatch;

/**
 * A {@code WindowBatch} in scaled units, each window with the scale of its own observed context.
 * Reused; row-major; sized for a capacity.
 */
public final class ScaledBatch {
  final int capacity;
  final float[] context;
  final float[] statistics;
  final float[] past;
  final float[] known;

  private final boolean[] complete;
  private final WindowScaler scaler;
  private final CovariateScaling covariates;
  private final Scale[] scales;
  private final boolean classes;
  private final boolean even;
  private final double[] classWeights;

  /**
   * @param capacity most windows
   * @param model its scaling, season and weights of targets
   * @param inputs what the windows bring
   */
  public ScaledBatch(int capacity, ModelSpec model, NetworkInputs inputs) {
    this.capacity = capacity;
    context = new float[capacity * inputs.contextLength()];
    statistics = new float[capacity * 2];
    past = new float[capacity * inputs.pastCovariates() * inputs.contextLength()];
    known =
        new float
            [capacity * inputs.knownCovariates() * (inputs.contextLength() + inputs.horizon())];
    scaler = new WindowScaler(model.scaling(), model.seasonalPeriod(), inputs.contextLength());
    covariates = new CovariateScaling(inputs);
    classes = model.output().loss() == Loss.CROSS_ENTROPY;
    classWeights = model.output().classWeights().stream().mapToDouble(w -> w).toArray();
    even = classes || model.output().weighting() == Weighting.EVEN;
    complete = new boolean[capacity];
    scales = new Scale[capacity];
    for (int i = 0; i < capacity; i++) {
      scales[i] = new Scale();
    }
  }

  /** Scales the inputs of a batch. */
  public void accept(WindowBatch batch) {
    for (int i = 0; i < batch.size(); i++) {
      int at = i * batch.contextLength();
      complete[i] = scaler.fit(batch.context(), batch.contextObserved(), at, scales[i], context);
      statistics[2 * i] = scales[i].relativeSpread();
      statistics[2 * i + 1] = scales[i].seasonality();
    }
    covariates.scale(batch, this);
  }

  /**
   * Scales the targets of a batch. A context that never changed has no scale to measure its target
   * by, which therefore does not count.
   */
  void targets(WindowBatch batch, Outputs into) {
    int horizon = batch.horizon();
    for (int at = 0; at < batch.size() * horizon; at++) {
      float raw = batch.target()[at];
      boolean observed = batch.targetObserved()[at] != 0;
      Scale scale = scales[at / horizon];
      into.weight[at] = !observed ? 0 : classes ? classWeight(raw) : weight(scale);
      into.target[at] = classes ? raw : scale.scaled(raw);
    }
  }

  private float classWeight(float code) {
    boolean weighed = code >= 0 && code < classWeights.length;
    return weighed ? (float) classWeights[(int) code] : 1;
  }

  private float weight(Scale scale) {
    return scale.isConstant() ? 0 : even ? 1 : scale.changes();
  }

  /** Whether all of a window's context was observed. */
  boolean isComplete(int window) {
    return complete[window];
  }

  /** Most windows. */
  public int capacity() {
    return capacity;
  }

  /** {@code [size, contextLength]}, clamped. */
  public float[] context() {
    return context;
  }

  /** {@code [size, 2]}. */
  public float[] statistics() {
    return statistics;
  }

  /** {@code [size, pastCovariates, contextLength]}, each row at unit scale. */
  public float[] past() {
    return past;
  }

  /** {@code [size, knownCovariates, contextLength + horizon]}, each row at unit scale. */
  public float[] known() {
    return known;
  }

  /** The scale of a window. */
  public Scale scale(int window) {
    return scales[window];
  }
}

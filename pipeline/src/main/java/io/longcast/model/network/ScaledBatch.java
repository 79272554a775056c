package io.longcast.model.network;

import io.longcast.model.NetworkInputs;

/**
 * A batch in scaled units, and how to come back: what {@link WindowScaling} makes of a {@code
 * WindowBatch}. Reused; row-major; sized for a capacity.
 */
final class ScaledBatch {
  final int capacity;

  /** {@code [size, contextLength]}, clamped. */
  final float[] context;

  /** {@code [size, 2]}. */
  final float[] statistics;

  /** {@code [size, horizon]}. */
  final float[] target;

  /** {@code [size, horizon]}, 1 where the target counts. */
  final float[] weight;

  /** {@code [size]}: centre and spread of each window after the transform. */
  final double[] level;

  final double[] spread;

  /** {@code [size]}: what the transform divides by; 1 for logarithms, 0 where there is none. */
  final double[] unit;

  /** {@code [size, pastCovariates, contextLength]}, each row at unit scale. */
  final float[] past;

  /** {@code [size, knownCovariates, contextLength + horizon]}, each row at unit scale. */
  final float[] known;

  int size;

  ScaledBatch(int capacity, NetworkInputs inputs) {
    this.capacity = capacity;
    context = new float[capacity * inputs.contextLength()];
    statistics = new float[capacity * 2];
    target = new float[capacity * inputs.horizon()];
    weight = new float[capacity * inputs.horizon()];
    past = new float[capacity * inputs.pastCovariates() * inputs.contextLength()];
    known =
        new float
            [capacity * inputs.knownCovariates() * (inputs.contextLength() + inputs.horizon())];
    level = new double[capacity];
    spread = new double[capacity];
    unit = new double[capacity];
  }
}

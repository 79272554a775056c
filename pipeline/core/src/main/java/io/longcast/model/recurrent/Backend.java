package io.longcast.model.recurrent;

/**
 * A way to compute: products, functions and gates that belong together. Each by itself is
 * deterministic to the bit. Instances hold scratch memory and are not thread-safe: one a task.
 */
public interface Backend extends AutoCloseable {

  /** What the manifest records; see {@link Numerics}. */
  Numerics numerics();

  /** Matrix products. */
  MatrixProduct product();

  /** Functions over ranges. */
  Elementwise elementwise();

  /** The pointwise part of the cells. */
  GateKernels gates();

  /** Frees native memory, if any. */
  @Override
  default void close() {}
}

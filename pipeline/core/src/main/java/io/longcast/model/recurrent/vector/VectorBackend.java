package io.longcast.model.recurrent.vector;

import io.longcast.model.recurrent.Backend;
import io.longcast.model.recurrent.Elementwise;
import io.longcast.model.recurrent.GateKernels;
import io.longcast.model.recurrent.MatrixProduct;
import io.longcast.model.recurrent.Numerics;

/** Everything by the Vector API, at the processor's preferred width. */
public final class VectorBackend implements Backend {
  private final MatrixProduct product = new VectorProduct();
  private final Elementwise elementwise = new VectorElementwise();
  private final GateKernels gates = new VectorGates();

  /** Called by name. */
  public VectorBackend() {}

  @Override
  public Numerics numerics() {
    int bits = Lanes.SPECIES.vectorBitSize();
    return new Numerics("vector", bits, Numerics.VERSION);
  }

  @Override
  public MatrixProduct product() {
    return product;
  }

  @Override
  public Elementwise elementwise() {
    return elementwise;
  }

  @Override
  public GateKernels gates() {
    return gates;
  }
}

package io.longcast.model.dl4j;

import io.longcast.model.recurrent.Backend;
import io.longcast.model.recurrent.Elementwise;
import io.longcast.model.recurrent.GateKernels;
import io.longcast.model.recurrent.MatrixProduct;
import io.longcast.model.recurrent.Numerics;

/** The back end without the Vector API: plain loops, and nd4j's BLAS for larger products. */
public final class BlasBackend implements Backend {
  private final Backend plain = Numerics.plain();
  private final BlasProduct product = new BlasProduct(plain.product());

  @Override
  public Numerics numerics() {
    return new Numerics("blas", 0, Numerics.VERSION);
  }

  @Override
  public MatrixProduct product() {
    return product;
  }

  @Override
  public Elementwise elementwise() {
    return plain.elementwise();
  }

  @Override
  public GateKernels gates() {
    return plain.gates();
  }

  @Override
  public void close() {
    product.close();
  }
}

package io.longcast.model.recurrent;

/** Plain Java loops for everything. */
final class PlainBackend implements Backend {
  private final MatrixProduct product = new PlainProduct();
  private final Elementwise elementwise = new PlainElementwise();
  private final GateKernels gates = new PlainGates();

  @Override
  public Numerics numerics() {
    return new Numerics("plain", 0, Numerics.VERSION);
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

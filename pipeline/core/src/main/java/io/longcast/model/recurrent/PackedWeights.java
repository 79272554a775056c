package io.longcast.model.recurrent;

/**
 * A part of the weights as the right side of products, packed once a step: {@code
 * [depth][columns]}.
 */
final class PackedWeights {
  private final MatrixProduct product;
  private final int depth;
  private final int columns;
  private final int at;

  PackedWeights(MatrixProduct product, int depth, int columns, Arena arena) {
    this.product = product;
    this.depth = depth;
    this.columns = columns;
    this.at = arena.take(product.packedLength(depth, columns));
  }

  /**
   * Packs the matrix whose element (i, j) is {@code s[from + i * rowStride + j * columnStride]}.
   */
  void pack(float[] s, int from, int rowStride, int columnStride) {
    product.pack(depth, columns, s, from, rowStride, columnStride, s, at);
  }

  /** {@code c[rows][columns] = a[rows][depth] w}, or {@code +=} if {@code accumulate}. */
  void multiply(float[] s, int rows, int a, int aStride, boolean accumulate, int c, int cStride) {
    product.multiplyPacked(rows, columns, depth, s, a, aStride, s, at, accumulate, s, c, cStride);
  }
}

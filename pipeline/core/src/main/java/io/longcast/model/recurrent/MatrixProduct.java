package io.longcast.model.recurrent;

/**
 * Products of row-major float matrices that lie in larger arrays. Argument lists follow BLAS: a
 * matrix is (array, first element, elements from row to row).
 *
 * <p>Always holds: for the same inputs the same bits. Sizes of any value from 0 work. Not
 * thread-safe: one a task.
 */
public interface MatrixProduct {

  /**
   * {@code c[m][n] = op(a) op(b)}, or {@code +=} if {@code accumulate}.
   *
   * @param transposeA whether {@code a} is stored {@code [k][m]} instead of {@code [m][k]}
   * @param transposeB whether {@code b} is stored {@code [n][k]} instead of {@code [k][n]}
   */
  void multiply(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      float[] a,
      int aAt,
      int aStride,
      float[] b,
      int bAt,
      int bStride,
      boolean accumulate,
      float[] c,
      int cAt,
      int cStride);

  /** Floats needed to hold a packed matrix {@code [k][n]}. */
  int packedLength(int k, int n);

  /**
   * Packs the right side of products into the order in which {@link #multiplyPacked} reads it.
   * Element (i, j) is {@code b[bAt + i * rowStride + j * columnStride]}.
   */
  void pack(
      int k,
      int n,
      float[] b,
      int bAt,
      int rowStride,
      int columnStride,
      float[] packed,
      int packedAt);

  /** {@code c[m][n] = a[m][k] b[k][n]}, or {@code +=} if {@code accumulate}, with b packed. */
  void multiplyPacked(
      int m,
      int n,
      int k,
      float[] a,
      int aAt,
      int aStride,
      float[] packed,
      int packedAt,
      boolean accumulate,
      float[] c,
      int cAt,
      int cStride);
}

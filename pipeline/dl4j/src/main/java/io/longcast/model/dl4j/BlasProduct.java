package io.longcast.model.dl4j;

import io.longcast.model.recurrent.MatrixProduct;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/**
 * Products by the BLAS that nd4j brings, through native buffers that are kept; small ones in plain
 * loops, where the copies would cost more than the product. The rule depends on sizes alone.
 */
final class BlasProduct implements MatrixProduct, AutoCloseable {
  /** Multiplications from which BLAS pays for its copies. */
  private static final long WORTH = 100_000;

  private final MatrixProduct small;
  private FloatPointer left;
  private FloatPointer right;
  private FloatPointer result;
  private float[] rows = new float[0];

  /**
   * @param small for products too small to justify the copies
   */
  BlasProduct(MatrixProduct small) {
    this.small = small;
    openblas.blas_set_num_threads(1);
  }

  @Override
  public void multiply(
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
      int cStride) {
    if ((long) m * n * k < WORTH) {
      small.multiply(
          transposeA,
          transposeB,
          m,
          n,
          k,
          a,
          aAt,
          aStride,
          b,
          bAt,
          bStride,
          accumulate,
          c,
          cAt,
          cStride);
      return;
    }
    left = transposeA ? copied(left, a, aAt, k, m, aStride) : copied(left, a, aAt, m, k, aStride);
    right =
        transposeB ? copied(right, b, bAt, n, k, bStride) : copied(right, b, bAt, k, n, bStride);
    result = grown(result, (long) m * n);
    openblas.cblas_sgemm(
        openblas.CblasRowMajor,
        transposeA ? openblas.CblasTrans : openblas.CblasNoTrans,
        transposeB ? openblas.CblasTrans : openblas.CblasNoTrans,
        m,
        n,
        k,
        1f,
        left,
        transposeA ? m : k,
        right,
        transposeB ? k : n,
        0f,
        result,
        n);
    collect(m, n, accumulate, c, cAt, cStride);
  }

  private void collect(int m, int n, boolean accumulate, float[] c, int cAt, int cStride) {
    rows = rows.length < m * n ? new float[m * n] : rows;
    result.get(rows, 0, m * n);
    for (int i = 0; i < m; i++) {
      int to = cAt + i * cStride;
      if (accumulate) {
        for (int j = 0; j < n; j++) {
          c[to + j] += rows[i * n + j];
        }
      } else {
        System.arraycopy(rows, i * n, c, to, n);
      }
    }
  }

  /** A matrix without gaps between its rows, in native memory. */
  private FloatPointer copied(
      FloatPointer buffer, float[] from, int at, int count, int length, int stride) {
    FloatPointer to = grown(buffer, (long) count * length);
    rows = rows.length < count * length ? new float[count * length] : rows;
    for (int i = 0; i < count; i++) {
      System.arraycopy(from, at + i * stride, rows, i * length, length);
    }
    to.put(rows, 0, count * length);
    return to;
  }

  private static FloatPointer grown(FloatPointer buffer, long size) {
    if (buffer != null && buffer.capacity() >= size) {
      return buffer;
    }
    if (buffer != null) {
      buffer.close();
    }
    return new FloatPointer(size);
  }

  @Override
  public int packedLength(int k, int n) {
    return small.packedLength(k, n);
  }

  @Override
  public void pack(
      int k,
      int n,
      float[] b,
      int bAt,
      int rowStride,
      int columnStride,
      float[] packed,
      int packedAt) {
    small.pack(k, n, b, bAt, rowStride, columnStride, packed, packedAt);
  }

  @Override
  public void multiplyPacked(
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
      int cStride) {
    multiply(
        false, false, m, n, k, a, aAt, aStride, packed, packedAt, n, accumulate, c, cAt, cStride);
  }

  @Override
  public void close() {
    for (FloatPointer buffer : new FloatPointer[] {left, right, result}) {
      if (buffer != null) {
        buffer.close();
      }
    }
    left = null;
    right = null;
    result = null;
  }
}

package io.longcast.model.recurrent;

import java.util.Arrays;

/** Products as loops that the JIT vectorizes: the innermost one runs along rows of b and c. */
final class PlainProduct implements MatrixProduct {

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
    int rowStep = transposeA ? 1 : aStride;
    int columnStep = transposeA ? aStride : 1;
    for (int i = 0; i < m; i++) {
      int to = cAt + i * cStride;
      if (!accumulate) {
        Arrays.fill(c, to, to + n, 0f);
      }
      int from = aAt + i * rowStep;
      if (transposeB) {
        dots(n, k, a, from, columnStep, b, bAt, bStride, c, to);
      } else {
        for (int q = 0; q < k; q++) {
          addRow(n, a[from + q * columnStep], b, bAt + q * bStride, c, to);
        }
      }
    }
  }

  private static void addRow(int n, float factor, float[] b, int bAt, float[] c, int cAt) {
    for (int j = 0; j < n; j++) {
      c[cAt + j] += factor * b[bAt + j];
    }
  }

  private static void dots(
      int n,
      int k,
      float[] a,
      int aAt,
      int aStep,
      float[] b,
      int bAt,
      int bStride,
      float[] c,
      int cAt) {
    for (int j = 0; j < n; j++) {
      float sum = c[cAt + j];
      int row = bAt + j * bStride;
      for (int q = 0; q < k; q++) {
        sum += a[aAt + q * aStep] * b[row + q];
      }
      c[cAt + j] = sum;
    }
  }

  @Override
  public int packedLength(int k, int n) {
    return k * n;
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
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < n; j++) {
        packed[packedAt + i * n + j] = b[bAt + i * rowStride + j * columnStride];
      }
    }
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
}

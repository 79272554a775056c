package io.longcast.model.recurrent.vector;

import io.longcast.model.recurrent.MatrixProduct;
import java.util.Arrays;

/**
 * Products in register tiles over packed panels of b.
 *
 * <p>b is cut along k, so that the piece of a panel at work stays in the first-level cache.
 */
final class VectorProduct implements MatrixProduct {
  private static final int V = Panels.V;
  private static final int PANEL = Panels.WIDTH;

  /** Longest run of k whose panel stays in the first-level cache. */
  private static final int BLOCK = 160;

  private final float[] panel = new float[BLOCK * PANEL];
  private final float[] edge = new float[6 * PANEL];

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
    int row = transposeA ? 1 : aStride;
    int step = transposeA ? aStride : 1;
    int bRow = transposeB ? 1 : bStride;
    int bColumn = transposeB ? bStride : 1;
    int block = block(k);
    for (int q = 0; q < k; q += block) {
      int length = Math.min(block, k - q);
      for (int j = 0; j < n; j += PANEL) {
        int width = Math.min(PANEL, n - j);
        Panels.pack(length, width, b, bAt + q * bRow + j * bColumn, bRow, bColumn, panel, 0);
        columns(
            m,
            width,
            length,
            a,
            aAt + q * step,
            row,
            step,
            panel,
            0,
            accumulate || q > 0,
            c,
            cAt + j,
            cStride);
      }
    }
    if (k == 0 && !accumulate) {
      clear(m, n, c, cAt, cStride);
    }
  }

  private static int block(int k) {
    int blocks = Math.max(1, (k + BLOCK - 1) / BLOCK);
    return Math.max(1, (k + blocks - 1) / blocks);
  }

  private static void clear(int m, int n, float[] c, int cAt, int cStride) {
    for (int i = 0; i < m; i++) {
      Arrays.fill(c, cAt + i * cStride, cAt + i * cStride + n, 0f);
    }
  }

  @Override
  public int packedLength(int k, int n) {
    return k * Panels.padded(n);
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
    for (int j = 0; j < n; j += PANEL) {
      int width = Math.min(PANEL, n - j);
      Panels.pack(
          k, width, b, bAt + j * columnStride, rowStride, columnStride, packed, packedAt + j * k);
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
    if (k == 0 && !accumulate) {
      clear(m, n, c, cAt, cStride);
    }
    int block = block(k);
    for (int j = 0; j < n; j += PANEL) {
      int width = Math.min(PANEL, n - j);
      int padded = Panels.padded(width);
      for (int q = 0; q < k; q += block) {
        columns(
            m,
            width,
            Math.min(block, k - q),
            a,
            aAt + q,
            aStride,
            1,
            packed,
            packedAt + j * k + q * padded,
            accumulate || q > 0,
            c,
            cAt + j,
            cStride);
      }
    }
  }

  /** All rows of one panel; a panel that ends within a vector goes through {@link #edge}. */
  private void columns(
      int m,
      int n,
      int k,
      float[] a,
      int aAt,
      int row,
      int step,
      float[] b,
      int bAt,
      boolean add,
      float[] c,
      int cAt,
      int cStride) {
    int vectors = (n + V - 1) / V;
    int i = 0;
    while (i < m) {
      int rows = Tiles.rows(vectors, m - i);
      if (n == vectors * V) {
        Tiles.multiply(
            vectors,
            rows,
            a,
            aAt + i * row,
            row,
            step,
            b,
            bAt,
            k,
            add,
            c,
            cAt + i * cStride,
            cStride);
      } else {
        edge(
            vectors,
            rows,
            n,
            a,
            aAt + i * row,
            row,
            step,
            b,
            bAt,
            k,
            add,
            c,
            cAt + i * cStride,
            cStride);
      }
      i += rows;
    }
  }

  private void edge(
      int vectors,
      int rows,
      int n,
      float[] a,
      int aAt,
      int row,
      int step,
      float[] b,
      int bAt,
      int k,
      boolean add,
      float[] c,
      int cAt,
      int cStride) {
    for (int i = 0; add && i < rows; i++) {
      System.arraycopy(c, cAt + i * cStride, edge, i * PANEL, n);
    }
    Tiles.multiply(vectors, rows, a, aAt, row, step, b, bAt, k, add, edge, 0, PANEL);
    for (int i = 0; i < rows; i++) {
      System.arraycopy(edge, i * PANEL, c, cAt + i * cStride, n);
    }
  }
}

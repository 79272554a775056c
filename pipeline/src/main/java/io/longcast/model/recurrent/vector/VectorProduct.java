package io.longcast.model.recurrent.vector;

import io.longcast.model.recurrent.MatrixProduct;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Products in register tiles over packed panels of b.
 *
 * <p>A panel is as wide as the tile that suits the processor: with 512-bit vectors four vectors and
 * six rows (24 sums and 5 operands in 32 registers), with narrower ones three vectors and four rows
 * (12 sums and 4 operands in 16). Packed: panel after panel, each {@code [k][panel]}, the last one
 * narrower and filled up with zeros to whole vectors.
 */
final class VectorProduct implements MatrixProduct {
  private static final int V = FloatVector.SPECIES_PREFERRED.length();
  private static final int PANEL = (V >= 16 ? 4 : 3) * V;

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
        packPanel(length, width, b, bAt + q * bRow + j * bColumn, bRow, bColumn, panel, 0);
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
    return k * ((n + V - 1) / V * V);
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
      packPanel(
          k, width, b, bAt + j * columnStride, rowStride, columnStride, packed, packedAt + j * k);
    }
  }

  private static void packPanel(
      int k, int n, float[] b, int bAt, int rowStride, int columnStride, float[] to, int at) {
    int width = (n + V - 1) / V * V;
    if (columnStride == 1) {
      packRows(k, n, width, b, bAt, rowStride, to, at);
    } else {
      packColumns(k, n, width, b, bAt, rowStride, columnStride, to, at);
    }
  }

  private static void packRows(
      int k, int n, int width, float[] b, int bAt, int rowStride, float[] to, int at) {
    for (int i = 0; i < k; i++) {
      int place = at + i * width;
      System.arraycopy(b, bAt + i * rowStride, to, place, n);
      for (int j = n; j < width; j++) {
        to[place + j] = 0f;
      }
    }
  }

  /**
   * In tiles of 16 rows, so that lines of the source are used whole before they leave the cache.
   */
  private static void packColumns(
      int k,
      int n,
      int width,
      float[] b,
      int bAt,
      int rowStride,
      int columnStride,
      float[] to,
      int at) {
    for (int i = 0; i < k; i += 16) {
      int end = Math.min(k, i + 16);
      for (int j = 0; j < width; j++) {
        int from = bAt + j * columnStride;
        for (int r = i; r < end; r++) {
          to[at + r * width + j] = j < n ? b[from + r * rowStride] : 0f;
        }
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
    if (k == 0 && !accumulate) {
      clear(m, n, c, cAt, cStride);
    }
    int block = block(k);
    for (int j = 0; j < n; j += PANEL) {
      int width = Math.min(PANEL, n - j);
      int padded = (width + V - 1) / V * V;
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
      int rows = rows(vectors, m - i);
      if (n == vectors * V) {
        tile(
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

  /** Rows of the tile to take where {@code left} rows remain. */
  private static int rows(int vectors, int left) {
    boolean four = vectors >= 3;
    if (left >= 6 && (V >= 16 || vectors < 3)) {
      return 6;
    }
    return four && left >= 4 ? 4 : 1;
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
    tile(vectors, rows, a, aAt, row, step, b, bAt, k, add, edge, 0, PANEL);
    for (int i = 0; i < rows; i++) {
      System.arraycopy(edge, i * PANEL, c, cAt + i * cStride, n);
    }
  }

  private static void tile(
      int vectors,
      int rows,
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
    switch (vectors * 8 + rows) {
      case 4 * 8 + 6 -> Tile4.rows6(a, aAt, row, step, b, bAt, k, add, c, cAt, cStride);
      case 4 * 8 + 4 -> Tile4.rows4(a, aAt, row, step, b, bAt, k, add, c, cAt, cStride);
      case 4 * 8 + 1 -> Tile4.rows1(a, aAt, row, step, b, bAt, k, add, c, cAt, cStride);
      case 3 * 8 + 6 -> Tile3.rows6(a, aAt, row, step, b, bAt, k, add, c, cAt, cStride);
      case 3 * 8 + 4 -> Tile3.rows4(a, aAt, row, step, b, bAt, k, add, c, cAt, cStride);
      case 3 * 8 + 1 -> Tile3.rows1(a, aAt, row, step, b, bAt, k, add, c, cAt, cStride);
      case 2 * 8 + 6 -> Tile2.rows6(a, aAt, row, step, b, bAt, k, add, c, cAt, cStride);
      case 2 * 8 + 1 -> Tile2.rows1(a, aAt, row, step, b, bAt, k, add, c, cAt, cStride);
      case 8 + 6 -> Tile1.rows6(a, aAt, row, step, b, bAt, k, add, c, cAt, cStride);
      case 8 + 1 -> Tile1.rows1(a, aAt, row, step, b, bAt, k, add, c, cAt, cStride);
      default -> throw new IllegalStateException("no tile of " + vectors + " x " + rows);
    }
  }
}

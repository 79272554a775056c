package io.longcast.model.recurrent.vector;

/**
 * The order in which products read b: panel after panel, each {@code [k][panel]}, the last one
 * narrower and filled up with zeros to whole vectors.
 *
 * <p>A panel is as wide as the tile that suits the processor: with 512-bit vectors four vectors and
 * six rows (24 sums and 5 operands in 32 registers), with narrower ones three vectors and four rows
 * (12 sums and 4 operands in 16).
 */
final class Panels {
  static final int V = Lanes.COUNT;
  static final int WIDTH = (V >= 16 ? 4 : 3) * V;

  private Panels() {}

  /** Columns rounded up to whole vectors. */
  static int padded(int n) {
    return (n + V - 1) / V * V;
  }

  /** Packs one panel of {@code n} columns. */
  static void pack(
      int k, int n, float[] b, int bAt, int rowStride, int columnStride, float[] to, int at) {
    int width = padded(n);
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
}

package io.longcast.model.recurrent.vector;

/** The tiles by number of vectors and rows. */
final class Tiles {

  private Tiles() {}

  /** Rows of the tile to take where {@code left} rows remain. */
  static int rows(int vectors, int left) {
    boolean four = vectors >= 3;
    if (left >= 6 && (Panels.V >= 16 || vectors < 3)) {
      return 6;
    }
    return four && left >= 4 ? 4 : 1;
  }

  /**
   * {@code c = a b} or {@code c += a b} for one tile.
   *
   * @param row from row to row of a
   * @param step from one to the next along k
   */
  static void multiply(
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

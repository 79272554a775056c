package io.longcast.model.recurrent;

/** Transposes in tiles, so that reads and writes both stay in cached lines. */
public final class Transposition {
  private static final int TILE = 16;

  private Transposition() {}

  /** {@code to[j][i] = from[i][j]} for a source of {@code rows} by {@code columns}. */
  public static void copy(
      float[] from,
      int fromAt,
      int fromStride,
      int rows,
      int columns,
      float[] to,
      int toAt,
      int toStride) {
    for (int r = 0; r < rows; r += TILE) {
      int rowEnd = Math.min(rows, r + TILE);
      for (int j = 0; j < columns; j++) {
        int target = toAt + j * toStride;
        int source = fromAt + j;
        for (int i = r; i < rowEnd; i++) {
          to[target + i] = from[source + i * fromStride];
        }
      }
    }
  }

  /** {@code to[j][i] += from[i][j]} for a source of {@code rows} by {@code columns}. */
  public static void add(
      float[] from,
      int fromAt,
      int fromStride,
      int rows,
      int columns,
      float[] to,
      int toAt,
      int toStride) {
    for (int c = 0; c < columns; c += TILE) {
      int columnEnd = Math.min(columns, c + TILE);
      for (int i = 0; i < rows; i++) {
        int source = fromAt + i * fromStride;
        int target = toAt + i;
        for (int j = c; j < columnEnd; j++) {
          to[target + j * toStride] += from[source + j];
        }
      }
    }
  }
}

package io.longcast.model.recurrent.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Product tiles one vector wide: sums of a few rows stay in registers while k runs. Written out row
 * by row because a loop over rows would put the sums into memory.
 *
 * <p>{@code a}: element (i, k) at {@code at + i * row + k * step}; {@code b}: packed {@code [k][1
 * vectors]}. Each sum is one chain of fused multiply-adds in the order of k, whatever the tile and
 * the vector width.
 */
final class Tile1 {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int V = Lanes.COUNT;
  private static final int WIDTH = 1 * V;

  private Tile1() {}

  /** 6 rows. */
  static void rows6(
      float[] a,
      int at,
      int row,
      int step,
      float[] b,
      int bAt,
      int k,
      boolean add,
      float[] c,
      int cAt,
      int cStride) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = add ? FloatVector.fromArray(S, c, cAt) : zero;
    FloatVector c10 = add ? FloatVector.fromArray(S, c, cAt + cStride) : zero;
    FloatVector c20 = add ? FloatVector.fromArray(S, c, cAt + 2 * cStride) : zero;
    FloatVector c30 = add ? FloatVector.fromArray(S, c, cAt + 3 * cStride) : zero;
    FloatVector c40 = add ? FloatVector.fromArray(S, c, cAt + 4 * cStride) : zero;
    FloatVector c50 = add ? FloatVector.fromArray(S, c, cAt + 5 * cStride) : zero;
    int from = at;
    int end = bAt + k * WIDTH;
    for (int q = bAt; q < end; q += WIDTH) {
      FloatVector b0 = FloatVector.fromArray(S, b, q);
      FloatVector x = FloatVector.broadcast(S, a[from]);
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(S, a[from + row]);
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(S, a[from + 2 * row]);
      c20 = x.fma(b0, c20);
      x = FloatVector.broadcast(S, a[from + 3 * row]);
      c30 = x.fma(b0, c30);
      x = FloatVector.broadcast(S, a[from + 4 * row]);
      c40 = x.fma(b0, c40);
      x = FloatVector.broadcast(S, a[from + 5 * row]);
      c50 = x.fma(b0, c50);
      from += step;
    }
    Lanes.TYPE.cast(c00).intoArray(c, cAt);
    Lanes.TYPE.cast(c10).intoArray(c, cAt + cStride);
    Lanes.TYPE.cast(c20).intoArray(c, cAt + 2 * cStride);
    Lanes.TYPE.cast(c30).intoArray(c, cAt + 3 * cStride);
    Lanes.TYPE.cast(c40).intoArray(c, cAt + 4 * cStride);
    Lanes.TYPE.cast(c50).intoArray(c, cAt + 5 * cStride);
  }

  /** 1 row. */
  static void rows1(
      float[] a,
      int at,
      int row,
      int step,
      float[] b,
      int bAt,
      int k,
      boolean add,
      float[] c,
      int cAt,
      int cStride) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = add ? FloatVector.fromArray(S, c, cAt) : zero;
    int from = at;
    int end = bAt + k * WIDTH;
    for (int q = bAt; q < end; q += WIDTH) {
      FloatVector b0 = FloatVector.fromArray(S, b, q);
      FloatVector x = FloatVector.broadcast(S, a[from]);
      c00 = x.fma(b0, c00);
      from += step;
    }
    Lanes.TYPE.cast(c00).intoArray(c, cAt);
  }
}

package io.longcast.model.recurrent.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Product tiles four vectors wide: sums of a few rows stay in registers while k runs. Written out
 * row by row because a loop over rows would put the sums into memory.
 *
 * <p>{@code a}: element (i, k) at {@code at + i * row + k * step}; {@code b}: packed {@code [k][4
 * vectors]}. Each sum is one chain of fused multiply-adds in the order of k, whatever the tile and
 * the vector width.
 */
final class Tile4 {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int V = Lanes.COUNT;
  private static final int WIDTH = 4 * V;

  private Tile4() {}

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
    FloatVector c01 = add ? FloatVector.fromArray(S, c, cAt + V) : zero;
    FloatVector c02 = add ? FloatVector.fromArray(S, c, cAt + 2 * V) : zero;
    FloatVector c03 = add ? FloatVector.fromArray(S, c, cAt + 3 * V) : zero;
    FloatVector c10 = add ? FloatVector.fromArray(S, c, cAt + cStride) : zero;
    FloatVector c11 = add ? FloatVector.fromArray(S, c, cAt + cStride + V) : zero;
    FloatVector c12 = add ? FloatVector.fromArray(S, c, cAt + cStride + 2 * V) : zero;
    FloatVector c13 = add ? FloatVector.fromArray(S, c, cAt + cStride + 3 * V) : zero;
    FloatVector c20 = add ? FloatVector.fromArray(S, c, cAt + 2 * cStride) : zero;
    FloatVector c21 = add ? FloatVector.fromArray(S, c, cAt + 2 * cStride + V) : zero;
    FloatVector c22 = add ? FloatVector.fromArray(S, c, cAt + 2 * cStride + 2 * V) : zero;
    FloatVector c23 = add ? FloatVector.fromArray(S, c, cAt + 2 * cStride + 3 * V) : zero;
    FloatVector c30 = add ? FloatVector.fromArray(S, c, cAt + 3 * cStride) : zero;
    FloatVector c31 = add ? FloatVector.fromArray(S, c, cAt + 3 * cStride + V) : zero;
    FloatVector c32 = add ? FloatVector.fromArray(S, c, cAt + 3 * cStride + 2 * V) : zero;
    FloatVector c33 = add ? FloatVector.fromArray(S, c, cAt + 3 * cStride + 3 * V) : zero;
    FloatVector c40 = add ? FloatVector.fromArray(S, c, cAt + 4 * cStride) : zero;
    FloatVector c41 = add ? FloatVector.fromArray(S, c, cAt + 4 * cStride + V) : zero;
    FloatVector c42 = add ? FloatVector.fromArray(S, c, cAt + 4 * cStride + 2 * V) : zero;
    FloatVector c43 = add ? FloatVector.fromArray(S, c, cAt + 4 * cStride + 3 * V) : zero;
    FloatVector c50 = add ? FloatVector.fromArray(S, c, cAt + 5 * cStride) : zero;
    FloatVector c51 = add ? FloatVector.fromArray(S, c, cAt + 5 * cStride + V) : zero;
    FloatVector c52 = add ? FloatVector.fromArray(S, c, cAt + 5 * cStride + 2 * V) : zero;
    FloatVector c53 = add ? FloatVector.fromArray(S, c, cAt + 5 * cStride + 3 * V) : zero;
    int from = at;
    int end = bAt + k * WIDTH;
    for (int q = bAt; q < end; q += WIDTH) {
      FloatVector b0 = FloatVector.fromArray(S, b, q);
      FloatVector b1 = FloatVector.fromArray(S, b, q + V);
      FloatVector b2 = FloatVector.fromArray(S, b, q + 2 * V);
      FloatVector b3 = FloatVector.fromArray(S, b, q + 3 * V);
      FloatVector x = FloatVector.broadcast(S, a[from]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = FloatVector.broadcast(S, a[from + row]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
      x = FloatVector.broadcast(S, a[from + 2 * row]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      c23 = x.fma(b3, c23);
      x = FloatVector.broadcast(S, a[from + 3 * row]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      c33 = x.fma(b3, c33);
      x = FloatVector.broadcast(S, a[from + 4 * row]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      c42 = x.fma(b2, c42);
      c43 = x.fma(b3, c43);
      x = FloatVector.broadcast(S, a[from + 5 * row]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      c52 = x.fma(b2, c52);
      c53 = x.fma(b3, c53);
      from += step;
    }
    Lanes.TYPE.cast(c00).intoArray(c, cAt);
    Lanes.TYPE.cast(c01).intoArray(c, cAt + V);
    Lanes.TYPE.cast(c02).intoArray(c, cAt + 2 * V);
    Lanes.TYPE.cast(c03).intoArray(c, cAt + 3 * V);
    Lanes.TYPE.cast(c10).intoArray(c, cAt + cStride);
    Lanes.TYPE.cast(c11).intoArray(c, cAt + cStride + V);
    Lanes.TYPE.cast(c12).intoArray(c, cAt + cStride + 2 * V);
    Lanes.TYPE.cast(c13).intoArray(c, cAt + cStride + 3 * V);
    Lanes.TYPE.cast(c20).intoArray(c, cAt + 2 * cStride);
    Lanes.TYPE.cast(c21).intoArray(c, cAt + 2 * cStride + V);
    Lanes.TYPE.cast(c22).intoArray(c, cAt + 2 * cStride + 2 * V);
    Lanes.TYPE.cast(c23).intoArray(c, cAt + 2 * cStride + 3 * V);
    Lanes.TYPE.cast(c30).intoArray(c, cAt + 3 * cStride);
    Lanes.TYPE.cast(c31).intoArray(c, cAt + 3 * cStride + V);
    Lanes.TYPE.cast(c32).intoArray(c, cAt + 3 * cStride + 2 * V);
    Lanes.TYPE.cast(c33).intoArray(c, cAt + 3 * cStride + 3 * V);
    Lanes.TYPE.cast(c40).intoArray(c, cAt + 4 * cStride);
    Lanes.TYPE.cast(c41).intoArray(c, cAt + 4 * cStride + V);
    Lanes.TYPE.cast(c42).intoArray(c, cAt + 4 * cStride + 2 * V);
    Lanes.TYPE.cast(c43).intoArray(c, cAt + 4 * cStride + 3 * V);
    Lanes.TYPE.cast(c50).intoArray(c, cAt + 5 * cStride);
    Lanes.TYPE.cast(c51).intoArray(c, cAt + 5 * cStride + V);
    Lanes.TYPE.cast(c52).intoArray(c, cAt + 5 * cStride + 2 * V);
    Lanes.TYPE.cast(c53).intoArray(c, cAt + 5 * cStride + 3 * V);
  }

  /** 4 rows. */
  static void rows4(
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
    FloatVector c01 = add ? FloatVector.fromArray(S, c, cAt + V) : zero;
    FloatVector c02 = add ? FloatVector.fromArray(S, c, cAt + 2 * V) : zero;
    FloatVector c03 = add ? FloatVector.fromArray(S, c, cAt + 3 * V) : zero;
    FloatVector c10 = add ? FloatVector.fromArray(S, c, cAt + cStride) : zero;
    FloatVector c11 = add ? FloatVector.fromArray(S, c, cAt + cStride + V) : zero;
    FloatVector c12 = add ? FloatVector.fromArray(S, c, cAt + cStride + 2 * V) : zero;
    FloatVector c13 = add ? FloatVector.fromArray(S, c, cAt + cStride + 3 * V) : zero;
    FloatVector c20 = add ? FloatVector.fromArray(S, c, cAt + 2 * cStride) : zero;
    FloatVector c21 = add ? FloatVector.fromArray(S, c, cAt + 2 * cStride + V) : zero;
    FloatVector c22 = add ? FloatVector.fromArray(S, c, cAt + 2 * cStride + 2 * V) : zero;
    FloatVector c23 = add ? FloatVector.fromArray(S, c, cAt + 2 * cStride + 3 * V) : zero;
    FloatVector c30 = add ? FloatVector.fromArray(S, c, cAt + 3 * cStride) : zero;
    FloatVector c31 = add ? FloatVector.fromArray(S, c, cAt + 3 * cStride + V) : zero;
    FloatVector c32 = add ? FloatVector.fromArray(S, c, cAt + 3 * cStride + 2 * V) : zero;
    FloatVector c33 = add ? FloatVector.fromArray(S, c, cAt + 3 * cStride + 3 * V) : zero;
    int from = at;
    int end = bAt + k * WIDTH;
    for (int q = bAt; q < end; q += WIDTH) {
      FloatVector b0 = FloatVector.fromArray(S, b, q);
      FloatVector b1 = FloatVector.fromArray(S, b, q + V);
      FloatVector b2 = FloatVector.fromArray(S, b, q + 2 * V);
      FloatVector b3 = FloatVector.fromArray(S, b, q + 3 * V);
      FloatVector x = FloatVector.broadcast(S, a[from]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = FloatVector.broadcast(S, a[from + row]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
      x = FloatVector.broadcast(S, a[from + 2 * row]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      c23 = x.fma(b3, c23);
      x = FloatVector.broadcast(S, a[from + 3 * row]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      c33 = x.fma(b3, c33);
      from += step;
    }
    Lanes.TYPE.cast(c00).intoArray(c, cAt);
    Lanes.TYPE.cast(c01).intoArray(c, cAt + V);
    Lanes.TYPE.cast(c02).intoArray(c, cAt + 2 * V);
    Lanes.TYPE.cast(c03).intoArray(c, cAt + 3 * V);
    Lanes.TYPE.cast(c10).intoArray(c, cAt + cStride);
    Lanes.TYPE.cast(c11).intoArray(c, cAt + cStride + V);
    Lanes.TYPE.cast(c12).intoArray(c, cAt + cStride + 2 * V);
    Lanes.TYPE.cast(c13).intoArray(c, cAt + cStride + 3 * V);
    Lanes.TYPE.cast(c20).intoArray(c, cAt + 2 * cStride);
    Lanes.TYPE.cast(c21).intoArray(c, cAt + 2 * cStride + V);
    Lanes.TYPE.cast(c22).intoArray(c, cAt + 2 * cStride + 2 * V);
    Lanes.TYPE.cast(c23).intoArray(c, cAt + 2 * cStride + 3 * V);
    Lanes.TYPE.cast(c30).intoArray(c, cAt + 3 * cStride);
    Lanes.TYPE.cast(c31).intoArray(c, cAt + 3 * cStride + V);
    Lanes.TYPE.cast(c32).intoArray(c, cAt + 3 * cStride + 2 * V);
    Lanes.TYPE.cast(c33).intoArray(c, cAt + 3 * cStride + 3 * V);
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
    FloatVector c01 = add ? FloatVector.fromArray(S, c, cAt + V) : zero;
    FloatVector c02 = add ? FloatVector.fromArray(S, c, cAt + 2 * V) : zero;
    FloatVector c03 = add ? FloatVector.fromArray(S, c, cAt + 3 * V) : zero;
    int from = at;
    int end = bAt + k * WIDTH;
    for (int q = bAt; q < end; q += WIDTH) {
      FloatVector b0 = FloatVector.fromArray(S, b, q);
      FloatVector b1 = FloatVector.fromArray(S, b, q + V);
      FloatVector b2 = FloatVector.fromArray(S, b, q + 2 * V);
      FloatVector b3 = FloatVector.fromArray(S, b, q + 3 * V);
      FloatVector x = FloatVector.broadcast(S, a[from]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      from += step;
    }
    Lanes.TYPE.cast(c00).intoArray(c, cAt);
    Lanes.TYPE.cast(c01).intoArray(c, cAt + V);
    Lanes.TYPE.cast(c02).intoArray(c, cAt + 2 * V);
    Lanes.TYPE.cast(c03).intoArray(c, cAt + 3 * V);
  }
}

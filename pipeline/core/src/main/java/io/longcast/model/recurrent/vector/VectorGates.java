package io.longcast.model.recurrent.vector;

import io.longcast.model.recurrent.GateKernels;

/** Hands the gates of each cell to its own class. */
final class VectorGates implements GateKernels {

  @Override
  public void lstmForward(
      float[] s,
      int rows,
      int width,
      int z,
      int zStride,
      int cell,
      int newCell,
      int h,
      int hStride,
      int next,
      int nextStride) {
    for (int r = 0; r < rows; r++) {
      LstmGates.forward(
          s, width, z + r * zStride, cell + r * width, newCell + r * width, h + r * hStride);
    }
    copyUp(s, rows, width, h, hStride, next, nextStride);
  }

  private static void copyUp(
      float[] s, int rows, int width, int h, int hStride, int next, int nextStride) {
    for (int r = 0; nextStride > 0 && r < rows; r++) {
      System.arraycopy(s, h + r * hStride, s, next + r * nextStride, width);
    }
  }

  @Override
  public void lstmBackward(
      float[] s,
      int rows,
      int width,
      int z,
      int zStride,
      int cell,
      int newCell,
      int dh,
      int dhStride,
      int above,
      int aboveStride,
      int dCell) {
    addAbove(s, rows, width, dh, dhStride, above, aboveStride);
    for (int r = 0; r < rows; r++) {
      LstmGates.backward(
          s,
          width,
          z + r * zStride,
          cell + r * width,
          newCell + r * width,
          dh + r * dhStride,
          dCell + r * width);
    }
  }

  private static void addAbove(
      float[] s, int rows, int width, int dh, int dhStride, int above, int aboveStride) {
    for (int r = 0; aboveStride > 0 && r < rows; r++) {
      VectorLoops.add(s, dh + r * dhStride, above + r * aboveStride, width);
    }
  }

  @Override
  public void gruForward(
      float[] s,
      int rows,
      int width,
      int z,
      int zStride,
      int h,
      int newH,
      int hStride,
      int next,
      int nextStride) {
    for (int r = 0; r < rows; r++) {
      GruGates.forward(s, width, z + r * zStride, h + r * hStride, newH + r * hStride);
    }
    copyUp(s, rows, width, newH, hStride, next, nextStride);
  }

  @Override
  public void gruBackward(
      float[] s,
      int rows,
      int width,
      int z,
      int zStride,
      int h,
      int hStride,
      int dh,
      int dhStride,
      int above,
      int aboveStride,
      int carry) {
    addAbove(s, rows, width, dh, dhStride, above, aboveStride);
    for (int r = 0; r < rows; r++) {
      GruGates.backward(
          s, width, z + r * zStride, h + r * hStride, dh + r * dhStride, carry + r * width);
    }
  }

  @Override
  public void rnnForward(
      float[] s,
      int rows,
      int width,
      boolean relu,
      int z,
      int zStride,
      int h,
      int hStride,
      int next,
      int nextStride) {
    for (int r = 0; r < rows; r++) {
      if (relu) {
        VectorLoops.relu(s, width, z + r * zStride, h + r * hStride);
      } else {
        VectorLoops.tanh(s, width, z + r * zStride, h + r * hStride);
      }
    }
    copyUp(s, rows, width, h, hStride, next, nextStride);
  }

  @Override
  public void rnnBackward(
      float[] s,
      int rows,
      int width,
      boolean relu,
      int z,
      int zStride,
      int h,
      int hStride,
      int dh,
      int dhStride,
      int above,
      int aboveStride) {
    addAbove(s, rows, width, dh, dhStride, above, aboveStride);
    for (int r = 0; r < rows; r++) {
      if (relu) {
        VectorLoops.reluBackward(s, width, z + r * zStride, h + r * hStride, dh + r * dhStride);
      } else {
        VectorLoops.tanhBackward(s, width, z + r * zStride, h + r * hStride, dh + r * dhStride);
      }
    }
  }
}

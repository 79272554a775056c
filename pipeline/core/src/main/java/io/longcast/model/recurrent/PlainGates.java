package io.longcast.model.recurrent;

import static io.longcast.model.recurrent.PlainElementwise.sigmoid;
import static io.longcast.model.recurrent.PlainElementwise.tanh;

/** The gates unit by unit; the readable statement of what the vector kernels compute. */
final class PlainGates implements GateKernels {

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
      int at = z + r * zStride;
      for (int j = 0; j < width; j++) {
        float a = tanh(s[at + j]);
        float f = sigmoid(s[at + width + j]);
        float o = sigmoid(s[at + 2 * width + j]);
        float i = sigmoid(s[at + 3 * width + j]);
        float c = f * s[cell + r * width + j] + i * a;
        s[at + j] = a;
        s[at + width + j] = f;
        s[at + 2 * width + j] = o;
        s[at + 3 * width + j] = i;
        s[newCell + r * width + j] = c;
        s[h + r * hStride + j] = o * tanh(c);
      }
      copyUp(s, width, h + r * hStride, next + r * nextStride, nextStride);
    }
  }

  private static void copyUp(float[] s, int width, int from, int to, int nextStride) {
    if (nextStride > 0) {
      System.arraycopy(s, from, s, to, width);
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
    for (int r = 0; r < rows; r++) {
      int at = z + r * zStride;
      for (int j = 0; j < width; j++) {
        float a = s[at + j];
        float f = s[at + width + j];
        float o = s[at + 2 * width + j];
        float i = s[at + 3 * width + j];
        float d = gradient(s, dh + r * dhStride + j, above + r * aboveStride + j, aboveStride);
        float t = tanh(s[newCell + r * width + j]);
        float dc = s[dCell + r * width + j] + d * o * (1 - t * t);
        s[at + j] = dc * i * (1 - a * a);
        s[at + width + j] = dc * s[cell + r * width + j] * f * (1 - f);
        s[at + 2 * width + j] = d * t * o * (1 - o);
        s[at + 3 * width + j] = dc * a * i * (1 - i);
        s[dCell + r * width + j] = dc * f;
      }
    }
  }

  private static float gradient(float[] s, int dh, int above, int aboveStride) {
    return aboveStride > 0 ? s[dh] + s[above] : s[dh];
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
    for (int row = 0; row < rows; row++) {
      int at = z + row * zStride;
      for (int j = 0; j < width; j++) {
        float r = sigmoid(s[at + width + j]);
        float u = sigmoid(s[at + 2 * width + j]);
        float n = tanh(s[at + j] + r * s[at + 3 * width + j]);
        s[at + j] = n;
        s[at + width + j] = r;
        s[at + 2 * width + j] = u;
        s[newH + row * hStride + j] = n + u * (s[h + row * hStride + j] - n);
      }
      copyUp(s, width, newH + row * hStride, next + row * nextStride, nextStride);
    }
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
    for (int row = 0; row < rows; row++) {
      int at = z + row * zStride;
      for (int j = 0; j < width; j++) {
        float n = s[at + j];
        float r = s[at + width + j];
        float u = s[at + 2 * width + j];
        float d = gradient(s, dh + row * dhStride + j, above + row * aboveStride + j, aboveStride);
        float dn = d * (1 - u) * (1 - n * n);
        s[at + j] = dn;
        s[at + width + j] = dn * s[at + 3 * width + j] * r * (1 - r);
        s[at + 2 * width + j] = d * (s[h + row * hStride + j] - n) * u * (1 - u);
        s[at + 3 * width + j] = dn * r;
        s[carry + row * width + j] = d * u;
      }
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
      for (int j = 0; j < width; j++) {
        float x = s[z + r * zStride + j];
        s[h + r * hStride + j] = relu ? Math.max(x, 0f) : tanh(x);
      }
      copyUp(s, width, h + r * hStride, next + r * nextStride, nextStride);
    }
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
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < width; j++) {
        float y = s[h + r * hStride + j];
        float d = gradient(s, dh + r * dhStride + j, above + r * aboveStride + j, aboveStride);
        s[z + r * zStride + j] = relu ? (y > 0 ? d : 0f) : d * (1 - y * y);
      }
    }
  }
}

package io.longcast.model.zero.network;

import io.longcast.model.recurrent.Elementwise;

/** {@code x sigmoid(1.702 x)}, the sigmoid form of GELU (Hendrycks and Gimpel 2016). */
final class Gelu {
  private static final float SLOPE = 1.702f;

  private final float[] sigmoid;

  Gelu(int most) {
    sigmoid = new float[most];
  }

  /** Writes {@code y} from {@code x}. */
  void forward(Elementwise kernels, int n, float[] x, float[] y) {
    for (int i = 0; i < n; i++) {
      sigmoid[i] = SLOPE * x[i];
    }
    kernels.sigmoid(sigmoid, 0, sigmoid, 0, n);
    for (int i = 0; i < n; i++) {
      y[i] = x[i] * sigmoid[i];
    }
  }

  /** Turns {@code d} from the gradient of y into that of x. */
  void backward(int n, float[] x, float[] d) {
    for (int i = 0; i < n; i++) {
      float s = sigmoid[i];
      d[i] *= s + SLOPE * x[i] * s * (1 - s);
    }
  }
}

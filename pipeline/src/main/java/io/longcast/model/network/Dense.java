package io.longcast.model.network;

/**
 * Products of a batch with a weight matrix {@code [inputs, outputs]}, all row-major, all adding.
 */
final class Dense {
  private Dense() {}

  /** {@code y[r, :] += x[r, :] W}. */
  static void forward(int rows, int inputs, int outputs, float[] x, float[] w, int at, float[] y) {
    for (int r = 0; r < rows; r++) {
      for (int k = 0; k < inputs; k++) {
        axpy(outputs, x[r * inputs + k], w, at + k * outputs, y, r * outputs);
      }
    }
  }

  /** {@code dW += x' dy}. */
  static void weightGradient(
      int rows, int inputs, int outputs, float[] x, float[] dy, float[] dw, int at) {
    for (int k = 0; k < inputs; k++) {
      for (int r = 0; r < rows; r++) {
        axpy(outputs, x[r * inputs + k], dy, r * outputs, dw, at + k * outputs);
      }
    }
  }

  /** {@code dx[r, :] += dy[r, :] W'}. */
  static void inputGradient(
      int rows, int inputs, int outputs, float[] dy, float[] w, int at, float[] dx) {
    for (int r = 0; r < rows; r++) {
      for (int k = 0; k < inputs; k++) {
        dx[r * inputs + k] += dot(outputs, dy, r * outputs, w, at + k * outputs);
      }
    }
  }

  /** {@code y[r, :] += b}. */
  static void addBias(int rows, int outputs, float[] b, int at, float[] y) {
    for (int r = 0; r < rows; r++) {
      axpy(outputs, 1, b, at, y, r * outputs);
    }
  }

  /** {@code db += sum over r of dy[r, :]}. */
  static void biasGradient(int rows, int outputs, float[] dy, float[] db, int at) {
    for (int r = 0; r < rows; r++) {
      axpy(outputs, 1, dy, r * outputs, db, at);
    }
  }

  static void axpy(int n, float a, float[] x, int xAt, float[] y, int yAt) {
    for (int j = 0; j < n; j++) {
      y[yAt + j] += a * x[xAt + j];
    }
  }

  /** Four running sums, so that the order of additions is fixed and the loop is not a chain. */
  static float dot(int n, float[] x, int xAt, float[] y, int yAt) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int j = 0;
    for (; j + 3 < n; j += 4) {
      a += x[xAt + j] * y[yAt + j];
      b += x[xAt + j + 1] * y[yAt + j + 1];
      c += x[xAt + j + 2] * y[yAt + j + 2];
      d += x[xAt + j + 3] * y[yAt + j + 3];
    }
    for (; j < n; j++) {
      a += x[xAt + j] * y[yAt + j];
    }
    return (a + b) + (c + d);
  }
}

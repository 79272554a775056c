package io.longcast.model.recurrent;

/** Functions by {@link StrictMath}'s double versions, rounded: the same on every machine. */
final class PlainElementwise implements Elementwise {

  static float sigmoid(float x) {
    return (float) (1 / (1 + StrictMath.exp(-x)));
  }

  static float tanh(float x) {
    return (float) StrictMath.tanh(x);
  }

  @Override
  public void exp(float[] from, int fromAt, float[] to, int toAt, int length) {
    for (int i = 0; i < length; i++) {
      to[toAt + i] = (float) StrictMath.exp(from[fromAt + i]);
    }
  }

  @Override
  public void sigmoid(float[] from, int fromAt, float[] to, int toAt, int length) {
    for (int i = 0; i < length; i++) {
      to[toAt + i] = sigmoid(from[fromAt + i]);
    }
  }

  @Override
  public void tanh(float[] from, int fromAt, float[] to, int toAt, int length) {
    for (int i = 0; i < length; i++) {
      to[toAt + i] = tanh(from[fromAt + i]);
    }
  }

  @Override
  public void addScaled(float factor, float[] from, int fromAt, float[] to, int toAt, int length) {
    for (int i = 0; i < length; i++) {
      to[toAt + i] += factor * from[fromAt + i];
    }
  }

  @Override
  public void scale(float factor, float[] x, int at, int length) {
    for (int i = at; i < at + length; i++) {
      x[i] *= factor;
    }
  }

  @Override
  public double sumOfSquares(float[] x, int at, int length) {
    double sum = 0;
    for (int i = at; i < at + length; i++) {
      sum += (double) x[i] * x[i];
    }
    return sum;
  }
}

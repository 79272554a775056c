package io.longcast.model.recurrent;

/**
 * Functions over ranges of arrays. {@code to} may be {@code from} at the same place.
 *
 * <p>NaN in gives NaN out. Every implementation gives the same bits for the same inputs; across
 * implementations results differ within the stated accuracy.
 */
public interface Elementwise {

  /** {@code e^x}, relative error below 2e-7 where the result is normal; 0 and infinity at ends. */
  void exp(float[] from, int fromAt, float[] to, int toAt, int length);

  /** {@code 1 / (1 + e^-x)}, relative error below 5e-7 where the result is normal. */
  void sigmoid(float[] from, int fromAt, float[] to, int toAt, int length);

  /** {@code tanh x}, absolute and relative error below 5e-7. */
  void tanh(float[] from, int fromAt, float[] to, int toAt, int length);

  /** {@code to += factor * from}. */
  void addScaled(float factor, float[] from, int fromAt, float[] to, int toAt, int length);

  /** {@code x *= factor}. */
  void scale(float factor, float[] x, int at, int length);

  /** Sum of squares, in double, in a fixed order. */
  double sumOfSquares(float[] x, int at, int length);
}

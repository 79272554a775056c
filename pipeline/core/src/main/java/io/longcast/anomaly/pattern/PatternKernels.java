package io.longcast.anomaly.pattern;

import java.io.Serializable;

/**
 * The loops of the detector. Every implementation gives the same bits: each element is computed by
 * the same unfused operations in the same order, and only minima are taken over elements. Counts
 * are multiples of {@link #LANES}.
 */
public interface PatternKernels extends Serializable {
  /** Arrays are padded to a multiple of so many elements. */
  int LANES = 16;

  /** Stands for infinity where a row must never be the nearest. */
  float FAR = 1e30f;

  /**
   * Moves the products of a bank on by a value and finds the nearest row: {@code dots[j + 1] = keep
   * · dots[j] + gain · rows[j]} for all j, from the last to the first.
   *
   * @param dots one more than rows; the first is 0
   * @param rows of the bank
   * @param offsets variance of each row, {@link #FAR} for rows not to be used
   * @param means of each row
   * @param count rows looked at, a multiple of {@link #LANES}
   * @return the least {@code offsets[j] - 2 · dots[j + 1] + twiceMean · means[j]}
   */
  float advance(
      float[] dots,
      float[] rows,
      float[] offsets,
      float[] means,
      int count,
      float keep,
      float gain,
      float twiceMean);

  /**
   * Adds a weighted sum of rows of a matrix: {@code to[j] += Σ_f weights[f] · matrix[f · width +
   * j]}, f ascending.
   *
   * @param width a multiple of {@link #LANES}
   */
  void project(float[] weights, float[] matrix, int width, float[] to);

  /**
   * The least squared distance of a point to the columns of a matrix: {@code Σ_j (point[j] -
   * matrix[j · count + i])²}, j ascending.
   *
   * @param count columns, a multiple of {@link #LANES}
   * @param scratch of at least {@code count} elements
   */
  float nearest(float[] point, float[] matrix, int count, float[] scratch);

  /**
   * The column of a matrix that is nearest to a point, by the distances of {@link #nearest}; of
   * equal ones the first.
   *
   * @param count columns, a multiple of {@link #LANES}
   */
  int nearestColumn(float[] point, float[] matrix, int count);

  /** A count rounded up to a multiple of {@link #LANES}. */
  static int padded(int count) {
    return (count + LANES - 1) / LANES * LANES;
  }

  /** Those on the Vector API where this JVM was started with it, else the plain ones. */
  static PatternKernels open() {
    if (!io.longcast.model.recurrent.Numerics.vectorAvailable()) {
      return new PlainKernels();
    }
    try {
      return (PatternKernels)
          Class.forName("io.longcast.anomaly.pattern.vector.VectorKernels")
              .getDeclaredConstructor()
              .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot load the vector kernels", e);
    }
  }
}

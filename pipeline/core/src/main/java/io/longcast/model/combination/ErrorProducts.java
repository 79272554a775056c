package io.longcast.model.combination;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Mean products of the errors of several forecasters, from which weights follow: those of least
 * squares among weights that are at least 0 and sum up to 1 (Bates and Granger 1969), moved towards
 * equal ones. Mergeable; sums are whole numbers, so that their order does not decide the bits.
 */
public final class ErrorProducts implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MOST_SWEEPS = 1000;
  private static final double CONVERGED = 1e-10;

  /** Errors beyond so many scales count as such, so that a few windows do not rule. */
  private static final double CLIP = 10;

  /** Units of a product of two errors: enough for 10 significant digits and 8e10 values. */
  private static final double UNITS = 1 << 20;

  private final int members;
  private final long[] products;
  private long count;

  /** Of so many forecasters. */
  public ErrorProducts(int members) {
    this.members = members;
    products = new long[members * members];
  }

  /**
   * Adds the errors of one value.
   *
   * @param errors of each forecaster, in units of the series' scale
   */
  public void add(double[] errors) {
    for (int i = 0; i < members; i++) {
      double one = clipped(errors[i]);
      for (int j = 0; j < members; j++) {
        products[i * members + j] += Math.round(UNITS * one * clipped(errors[j]));
      }
    }
    count++;
  }

  private static double clipped(double error) {
    return Math.max(-CLIP, Math.min(CLIP, error));
  }

  /** Adds the sums of other values. */
  public void merge(ErrorProducts other) {
    for (int k = 0; k < products.length; k++) {
      products[k] += other.products[k];
    }
    count += other.count;
  }

  /** Values so far. */
  public long count() {
    return count;
  }

  /**
   * The weights; equal where nothing was added.
   *
   * @param shrinkage share of equal weights, 0 to 1
   */
  public List<Double> weights(double shrinkage) {
    double[] w = new double[members];
    Arrays.fill(w, 1.0 / members);
    int sweep = 0;
    while (count > 0 && sweep < MOST_SWEEPS && improve(w) > CONVERGED) {
      sweep++;
    }
    List<Double> weights = new ArrayList<>();
    for (double own : w) {
      weights.add((1 - shrinkage) * own + shrinkage / members);
    }
    return weights;
  }

  /** Moves weight between each pair to where the squared error is least; the largest move. */
  private double improve(double[] w) {
    double most = 0;
    for (int i = 0; i < members; i++) {
      for (int j = i + 1; j < members; j++) {
        double curvature = at(i, i) - 2 * at(i, j) + at(j, j);
        if (curvature > 0) {
          double move = (slope(j, w) - slope(i, w)) / curvature;
          move = Math.max(-w[i], Math.min(w[j], move));
          w[i] += move;
          w[j] -= move;
          most = Math.max(most, Math.abs(move));
        }
      }
    }
    return most;
  }

  private double slope(int i, double[] w) {
    double sum = 0;
    for (int j = 0; j < members; j++) {
      sum += at(i, j) * w[j];
    }
    return sum;
  }

  private double at(int i, int j) {
    return (double) products[i * members + j];
  }
}

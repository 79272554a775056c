package io.longcast.window;

/** Running totals of non-negative weights, searched by position. */
final class Cumulative {
  private final double[] ends;

  Cumulative(double[] weights) {
    ends = new double[weights.length];
    double sum = 0;
    for (int i = 0; i < ends.length; i++) {
      sum += weights[i];
      ends[i] = sum;
    }
  }

  /** Sum of all weights. */
  double total() {
    return ends.length == 0 ? 0 : ends[ends.length - 1];
  }

  /** Sum of the weights before entry {@code i}. */
  double before(int i) {
    return i == 0 ? 0 : ends[i - 1];
  }

  /** The entry whose range contains a position in {@code [0, total)}. */
  int find(double position) {
    int low = 0;
    int high = ends.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (position < ends[middle]) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}

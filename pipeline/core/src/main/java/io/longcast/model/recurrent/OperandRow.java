package io.longcast.model.recurrent;

import java.util.Arrays;

/**
 * A row of a layer's operand matrix: one step of one sequence as {@code [x, 1, h before]} or {@code
 * [1, x, h before]}, so that one product serves input, bias and recurrence and its transpose gives
 * all their gradients. The state begins on a cache line; values before {@code first} are zero.
 *
 * @param first first column in use
 * @param xAt first input
 * @param oneAt the constant 1
 * @param hAt first unit of the state
 * @param columns columns in use: inputs, one, hidden units
 * @param stride from row to row
 */
record OperandRow(int first, int xAt, int oneAt, int hAt, int columns, int stride) {

  /**
   * @param inputs input columns
   * @param oneFirst whether the constant 1 is before x instead of between x and h
   */
  static OperandRow of(int inputs, int hidden, boolean oneFirst) {
    int hAt = Arena.padded(inputs + 1);
    int first = hAt - inputs - 1;
    return new OperandRow(
        first,
        oneFirst ? hAt - inputs : first,
        oneFirst ? first : hAt - 1,
        hAt,
        1 + inputs + hidden,
        hAt + Arena.padded(hidden));
  }

  /** A row of zeros and the constant. */
  void clear(float[] s, int at) {
    Arrays.fill(s, at, at + stride, 0f);
    s[at + oneAt] = 1f;
  }
}

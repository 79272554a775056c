package io.longcast.scale;

/** What is done to values before they are centred and divided. */
public enum Transform {
  /** Nothing. */
  IDENTITY,
  /**
   * Natural logarithm where every observed value of the context is above 0, else nothing; the
   * choice is made per window and stored with its scale.
   */
  LOG_IF_POSITIVE,
  /** asinh(x / mean |x| of the context): linear near 0, logarithmic far out, any sign. */
  ASINH
}

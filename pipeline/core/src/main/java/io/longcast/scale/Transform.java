package io.longcast.scale;

/** Applied to raw values before scaling. */
public enum Transform {
  /** Logarithm if all training values are positive, else none. */
  AUTO,
  NONE,
  /** Natural logarithm; a window with a value that is not positive is taken as it is. */
  LOG,
  /** {@code asinh(x / mean|x|)}: logarithm of large values of either sign, line near zero. */
  ASINH
}

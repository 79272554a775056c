package io.longcast.state;

import java.nio.charset.StandardCharsets;

/**
 * The fields of a live state in their stored order. One method of the state lists them for both
 * directions: while a state is saved each call takes the value it is given and returns it; while
 * one is restored each call returns the stored value and ignores the given one. Arrays are stored
 * without their length, which the settings decide.
 *
 * <p>While restoring, every method throws {@link StateFormatException} if the bytes end too early
 * or a value is out of its range.
 */
public interface StateFields {
  /** A whole number of any size. */
  long number(long now);

  /**
   * A count or an index.
   *
   * @param max largest value that fits the state, at least 0
   */
  int count(int now, int max);

  /**
   * How many elements follow, for which space is made before they are read.
   *
   * @param max largest number that fits the state, at least 0
   * @param size bytes that each takes at least, above 0
   */
  default int elements(int now, int max, int size) {
    return count(now, max);
  }

  /** A number, which may be infinite or not a number. */
  double real(double now);

  /** A number of single precision, which may be infinite or not a number. */
  float single(float now);

  /** A yes or no. */
  boolean flag(boolean now);

  /** Numbers, in place. */
  default void reals(double[] now) {
    for (int i = 0; i < now.length; i++) {
      now[i] = real(now[i]);
    }
  }

  /** Whole numbers of any size, in place. */
  default void numbers(long[] now) {
    for (int i = 0; i < now.length; i++) {
      now[i] = number(now[i]);
    }
  }

  /** Counts or indices, in place. */
  default void counts(int[] now, int max) {
    for (int i = 0; i < now.length; i++) {
      now[i] = count(now[i], max);
    }
  }

  /**
   * Bytes of any length up to a largest one.
   *
   * @param max largest length that fits the state
   */
  byte[] bytes(byte[] now, int max);

  /** A text of at most {@code max} bytes in UTF-8. */
  default String text(String now, int max) {
    byte[] bytes = now.getBytes(StandardCharsets.UTF_8);
    return new String(bytes(bytes, max), StandardCharsets.UTF_8);
  }

  /** Numbers of single precision, in place, stored in double precision. */
  default void reals(float[] now) {
    for (int i = 0; i < now.length; i++) {
      now[i] = (float) real(now[i]);
    }
  }

  /** Numbers of single precision, in place. */
  default void singles(float[] now) {
    for (int i = 0; i < now.length; i++) {
      now[i] = single(now[i]);
    }
  }

  /**
   * A constant of an enum, stored by its name.
   *
   * @param now may be null
   * @return may be null
   */
  <E extends Enum<E>> E constant(Class<E> type, E now);

  /**
   * A setting that the state was saved under and that must be the same where it is restored.
   *
   * @param what its name in messages
   */
  void same(String what, String setting);
}

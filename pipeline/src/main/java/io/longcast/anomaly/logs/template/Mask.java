package io.longcast.anomaly.logs.template;

/**
 * What varies by its look.
 *
 * @param regex of what becomes {@code <*>}
 * @param needs characters that every match holds, 0 for any digit: a line without one of them needs
 *     no search
 */
record Mask(String regex, String needs) {

  /** Whether a line with these characters may hold a match. */
  boolean mayMatch(long[] present) {
    for (int i = 0; i < needs.length(); i++) {
      char c = needs.charAt(i);
      if ((present[c >> 6] & 1L << c) == 0) {
        return false;
      }
    }
    return true;
  }

  /** Which ASCII characters a text holds, any digit as 0. */
  static long[] present(String text) {
    long[] present = new long[2];
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        present[0] |= 1L << '0';
      } else if (c < 128) {
        present[c >> 6] |= 1L << c;
      }
    }
    return present;
  }
}

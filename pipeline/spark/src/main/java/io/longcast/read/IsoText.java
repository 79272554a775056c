package io.longcast.read;

import java.time.LocalDateTime;

/**
 * The common shape of ISO 8601, {@code yyyy-MM-ddTHH:mm:ss} with a blank or a T, a fraction of up
 * to nine digits or none, a Z or nothing: read by position, some ten times faster than by a
 * formatter.
 */
final class IsoText {
  private static final String SHAPE = "dddd-dd-ddTdd:dd:dd";
  private static final int SECONDS_END = SHAPE.length();
  private static final int NANO_DIGITS = 9;

  private IsoText() {}

  /** True if the text has the shape; its digits may still name no date. */
  static boolean matches(String text) {
    int end = end(text);
    if (end < SECONDS_END || end > SECONDS_END + 1 + NANO_DIGITS || end == SECONDS_END + 1) {
      return false;
    }
    for (int i = 0; i < SECONDS_END; i++) {
      if (!fits(SHAPE.charAt(i), text.charAt(i))) {
        return false;
      }
    }
    boolean fits = end == SECONDS_END || text.charAt(SECONDS_END) == '.';
    for (int i = SECONDS_END + 1; i < end; i++) {
      fits &= isDigit(text.charAt(i));
    }
    return fits;
  }

  /** True if the text ends in Z. */
  static boolean isUtc(String text) {
    return end(text) < text.length();
  }

  /**
   * The date and time of a text that {@link #matches}.
   *
   * @throws java.time.DateTimeException if there is no such date or time
   */
  static LocalDateTime dateTime(String text) {
    int end = end(text);
    int nanos = end > SECONDS_END ? number(text, SECONDS_END + 1, end) : 0;
    for (int digits = end - SECONDS_END - 1; digits >= 0 && digits < NANO_DIGITS; digits++) {
      nanos *= 10;
    }
    return LocalDateTime.of(
        number(text, 0, 4),
        number(text, 5, 7),
        number(text, 8, 10),
        number(text, 11, 13),
        number(text, 14, 16),
        number(text, 17, 19),
        nanos);
  }

  private static int end(String text) {
    int length = text.length();
    return length > 0 && text.charAt(length - 1) == 'Z' ? length - 1 : length;
  }

  private static boolean fits(char shape, char found) {
    return switch (shape) {
      case 'd' -> isDigit(found);
      case 'T' -> found == 'T' || found == ' ';
      default -> found == shape;
    };
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }
}

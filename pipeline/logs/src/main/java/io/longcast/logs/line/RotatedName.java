package io.longcast.logs.line;

import io.longcast.logs.line.FileOrder.LogFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The path of a log file, taken apart.
 *
 * @param file it is of
 * @param log the path without what compression and rotation have added
 * @param date numbers of the date and of what follows it at once, empty if there is none
 * @param suffix number at the end, behind a dot; -1 if there is none
 * @param isPadded whether the suffix begins with a zero before another digit
 */
record RotatedName(LogFile file, String log, List<Long> date, long suffix, boolean isPadded) {
  private static final Set<String> COMPRESSED =
      Set.of("gz", "bz2", "xz", "zst", "lz4", "snappy", "deflate", "lzo");
  private static final String SEPARATORS = "-_.T@";
  private static final int MAX_SUFFIX_DIGITS = 6;

  /** By numbers as numbers, a shorter list before a longer one that begins with it. */
  private static final Comparator<List<Long>> NUMBERS =
      (a, b) -> {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
          int order = Long.compare(a.get(i), b.get(i));
          if (order != 0) {
            return order;
          }
        }
        return Integer.compare(a.size(), b.size());
      };

  /** Takes a path apart. */
  static RotatedName of(LogFile file) {
    int slash = file.path().lastIndexOf('/') + 1;
    String name = uncompressed(file.path().substring(slash));
    List<Long> date = new ArrayList<>();
    String undated = withoutDate(name, date);
    int dot = undated.lastIndexOf('.');
    String end = undated.substring(dot + 1);
    boolean numbered = dot > 0 && isNumber(end) && end.length() <= MAX_SUFFIX_DIGITS;
    return new RotatedName(
        file,
        file.path().substring(0, slash) + (numbered ? undated.substring(0, dot) : undated),
        List.copyOf(date),
        numbered ? Long.parseLong(end) : -1,
        numbered && end.length() > 1 && end.startsWith("0"));
  }

  /**
   * Oldest first, as rotation names the files of one log: numbered ones, dated ones, and the one
   * without either.
   *
   * @param countsUp whether a higher number is newer where there is no date
   */
  static Comparator<RotatedName> rotation(boolean countsUp) {
    return Comparator.comparingInt(RotatedName::stage)
        .thenComparing(RotatedName::date, NUMBERS)
        .thenComparing(name -> name.date().isEmpty() && !countsUp ? -name.suffix() : name.suffix())
        .thenComparing(name -> name.file().path());
  }

  private int stage() {
    return date.isEmpty() ? suffix < 0 ? 2 : 0 : 1;
  }

  private static String uncompressed(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 && COMPRESSED.contains(name.substring(dot + 1)) ? name.substring(0, dot) : name;
  }

  /** The name without its first date, and what numbers follow that; those go to the list. */
  private static String withoutDate(String name, List<Long> date) {
    for (int from = 0; from < name.length(); from = Math.max(from + 1, digitsEnd(name, from))) {
      if (isDate(name, from)) {
        int end = digitsEnd(name, from);
        date.add(Long.parseLong(name.substring(from, end)));
        while (end + 1 < name.length()
            && SEPARATORS.indexOf(name.charAt(end)) >= 0
            && isShort(digitsEnd(name, end + 1) - end - 1)) {
          int next = digitsEnd(name, end + 1);
          date.add(Long.parseLong(name.substring(end + 1, next)));
          end = next;
        }
        int begin = from;
        while (begin > 1 && SEPARATORS.indexOf(name.charAt(begin - 1)) >= 0) {
          begin--;
        }
        return name.substring(0, begin) + name.substring(end);
      }
    }
    return name;
  }

  private static boolean isShort(int digits) {
    return digits > 0 && digits <= 9;
  }

  /** {@code 20240131}, {@code 2024-01}, or a count of seconds or milliseconds since 1970. */
  private static boolean isDate(String name, int from) {
    int digits = digitsEnd(name, from) - from;
    int end = from + digits;
    return switch (digits) {
      case 4 ->
          isYear(name, from)
              && end + 2 < name.length()
              && "-_.".indexOf(name.charAt(end)) >= 0
              && digitsEnd(name, end + 1) == end + 3
              && isMonth(name, end + 1);
      case 6 -> isYear(name, from) && isMonth(name, from + 4);
      case 8, 10, 12, 14 ->
          isYear(name, from) && isMonth(name, from + 4) || digits == 10 && name.charAt(from) == '1';
      case 13 -> name.charAt(from) == '1';
      default -> false;
    };
  }

  private static boolean isYear(String name, int from) {
    return name.startsWith("19", from) || name.startsWith("20", from);
  }

  private static boolean isMonth(String name, int from) {
    int month = Integer.parseInt(name, from, from + 2, 10);
    return month >= 1 && month <= 12;
  }

  static boolean isNumber(String text) {
    return !text.isEmpty() && digitsEnd(text, 0) == text.length();
  }

  static int digitsEnd(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }
}

package io.longcast.read;

import java.io.Serializable;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;

/** Reads numbers written as text. */
final class NumberText implements Serializable {
  /** Stands for text that is no number. */
  static final double UNREADABLE = Double.NEGATIVE_INFINITY;

  /** Stands for NaN, an infinity, or a number beyond a float's range. */
  static final double NOT_FINITE = Double.NaN;

  private static final long serialVersionUID = 1L;

  private final Set<String> missingMarks;

  /**
   * @param missingMarks texts that stand for a missing number
   */
  NumberText(Collection<String> missingMarks) {
    this.missingMarks = Set.copyOf(missingMarks);
  }

  /** The number, {@link #UNREADABLE}, {@link #NOT_FINITE}, or null where it is missing. */
  Double number(String raw) {
    if (raw == null) {
      return null;
    }
    String text = raw.trim();
    if (missingMarks.contains(text)) {
      return null;
    }
    if (text.isEmpty() || hasSuffix(text)) {
      return UNREADABLE;
    }
    try {
      double number = Double.parseDouble(text);
      return Math.abs(number) <= Float.MAX_VALUE ? number : NOT_FINITE;
    } catch (NumberFormatException noNumber) {
      return isWord(text) ? NOT_FINITE : UNREADABLE;
    }
  }

  /** Java takes 1d and 1f for numbers. */
  private static boolean hasSuffix(String text) {
    char last = text.charAt(text.length() - 1);
    return (last == 'd' || last == 'D' || last == 'f' || last == 'F')
        && text.length() > 1
        && (Character.isDigit(text.charAt(text.length() - 2))
            || text.charAt(text.length() - 2) == '.');
  }

  private static boolean isWord(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    boolean signed = word.startsWith("+") || word.startsWith("-");
    return switch (signed ? word.substring(1) : word) {
      case "inf", "infinity" -> true;
      case "nan" -> !signed;
      default -> false;
    };
  }
}

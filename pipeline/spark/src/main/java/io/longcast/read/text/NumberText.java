package io.longcast.read.text;

import java.io.Serializable;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads numbers written as text. True is 1 and false is 0. */
public final class NumberText implements Serializable {
  /** Stands for text that is no number. */
  public static final double UNREADABLE = Double.NEGATIVE_INFINITY;

  /** Stands for NaN, an infinity, or a number beyond a float's range. */
  public static final double NOT_FINITE = Double.NaN;

  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 60;
  private static final Pattern WITH_UNIT =
      Pattern.compile("[-+]?\\d[\\d.,]*+\\s*([^\\d\\s.,][^\\d]{0,11})");
  private static final Pattern WITH_CURRENCY =
      Pattern.compile("[-+]?\\s*(\\p{Lu}{0,3}\\p{Sc})\\s*[-+]?\\d[\\d.,]*+");
  private static final Pattern DECIMAL_COMMA = Pattern.compile("[-+]?\\d+,\\d+");
  private static final Pattern GROUPS_BY_COMMA =
      Pattern.compile("[-+]?\\d{1,3}(,\\d{3})+(\\.\\d*)?");
  private static final Pattern GROUPS_BY_POINT =
      Pattern.compile("[-+]?\\d{1,3}(\\.\\d{3})+(,\\d*)?");

  private final Set<String> missingMarks;
  private final double[] missingNumbers;
  private final boolean plain;
  private final NumberFormat format;

  /**
   * @param spec how the numbers are written
   * @param missingMarks texts that stand for a missing number; one that is a number stands for it
   *     however it is written
   */
  public NumberText(NumberSpec spec, Collection<String> missingMarks) {
    this.missingMarks = Set.copyOf(missingMarks);
    plain = spec.isPlain();
    format = new NumberFormat(spec);
    missingNumbers = missingNumbers(missingMarks);
  }

  /** The marks that are numbers. */
  public static double[] missingNumbers(Collection<String> marks) {
    return marks.stream()
        .mapToDouble(mark -> parsed(mark.strip()))
        .filter(Double::isFinite)
        .toArray();
  }

  /** The number, {@link #UNREADABLE}, {@link #NOT_FINITE}, or null where it is missing. */
  public Double number(String raw) {
    if (raw == null) {
      return null;
    }
    String text = stripped(raw);
    if (missingMarks.contains(text)) {
      return null;
    }
    double number = plain ? parsed(text) : formatted(text);
    for (double missing : missingNumbers) {
      if (number == missing) {
        return null;
      }
    }
    return number;
  }

  private double formatted(String text) {
    String number = format.plain(text);
    return number == null ? word(text) : parsed(number);
  }

  private static double parsed(String text) {
    if (text.isEmpty() || hasSuffix(text) || Character.isLetter(text.charAt(0))) {
      return word(text);
    }
    try {
      double number = Double.parseDouble(text);
      return Math.abs(number) <= Float.MAX_VALUE ? number : NOT_FINITE;
    } catch (NumberFormatException noNumber) {
      return word(text);
    }
  }

  /** Without blanks of any kind around it, and with a plain minus. */
  private static String stripped(String raw) {
    String text = raw.strip();
    int from = 0;
    int to = text.length();
    while (from < to && Character.isSpaceChar(text.charAt(from))) {
      from++;
    }
    while (to > from && Character.isSpaceChar(text.charAt(to - 1))) {
      to--;
    }
    text = text.substring(from, to);
    return !text.isEmpty() && text.charAt(0) == '\u2212' ? "-" + text.substring(1) : text;
  }

  /** Java takes 1d and 1f for numbers. */
  private static boolean hasSuffix(String text) {
    char last = text.charAt(text.length() - 1);
    return (last == 'd' || last == 'D' || last == 'f' || last == 'F')
        && text.length() > 1
        && (Character.isDigit(text.charAt(text.length() - 2))
            || text.charAt(text.length() - 2) == '.');
  }

  private static double word(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    boolean signed = word.startsWith("+") || word.startsWith("-");
    return switch (signed ? word.substring(1) : word) {
      case "true" -> signed ? UNREADABLE : 1;
      case "false" -> signed ? UNREADABLE : 0;
      case "inf", "infinity" -> NOT_FINITE;
      case "nan" -> signed ? UNREADABLE : NOT_FINITE;
      default -> UNREADABLE;
    };
  }

  /** A text that is no number, for a message, with the setting under which it would be one. */
  public static String shown(String raw) {
    String text = stripped(raw);
    String cut = text.length() > SHOWN ? text.substring(0, SHOWN) : text;
    return "\"" + cut + "\"" + hint(text);
  }

  private static String units(Matcher found) {
    return " (source.numbers.units = [\"" + found.group(1).strip() + "\"])";
  }

  private static String hint(String text) {
    Matcher unit = WITH_UNIT.matcher(text);
    Matcher currency = WITH_CURRENCY.matcher(text);
    if (DECIMAL_COMMA.matcher(text).matches() && !GROUPS_BY_COMMA.matcher(text).matches()) {
      return " (source.numbers.decimal = \",\")";
    } else if (GROUPS_BY_COMMA.matcher(text).matches()) {
      return " (source.numbers.thousands = \",\")";
    } else if (GROUPS_BY_POINT.matcher(text).matches()) {
      return " (source.numbers.thousands = \".\", decimal = \",\")";
    } else if (unit.matches()) {
      return units(unit);
    } else if (currency.matches()) {
      return units(currency);
    }
    return "";
  }
}

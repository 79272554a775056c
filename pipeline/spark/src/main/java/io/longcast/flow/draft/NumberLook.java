package io.longcast.flow.draft;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the numbers in columns of text are written.
 *
 * @param decimal between a number and its fraction
 * @param thousands between groups of digits, or nothing
 * @param units beside numbers
 * @param marks of missing numbers, those that need no setting left out
 */
record NumberLook(String decimal, String thousands, List<String> units, List<String> marks) {
  /** Numbers as programming languages write them. */
  static final NumberLook PLAIN = new NumberLook(".", "", List.of(), List.of());

  private static final double MOST = 0.8;
  private static final int MAX_UNITS = 3;
  private static final Pattern MARK =
      Pattern.compile("\\?|\\.|-{1,3}|(?i)#?n/a|none|nan|null|na|missing|nil|");

  private static final Pattern BOOLEAN = Pattern.compile("(?i)true|false");

  /** Marks that are taken as missing without being declared. */
  static final List<String> KNOWN = List.of("", "NA", "NaN", "null");

  /** A currency or another sign, a number, and up to twelve characters of a unit. */
  private static final Pattern CELL =
      Pattern.compile(
          "([^\\p{L}\\d\\s+\\-\\u2212.,?]{0,3})\\s*([-+\\u2212]?(?:\\d[\\d.,'\\u2019\\u00a0\\u202f ]*\\d|\\d|[.,]\\d+)[.,]?(?:[eE][-+]?\\d+)?)\\s*([^\\d\\s.,+\\-][^\\d]{0,11})?");

  private static final String SIGN = "[-+\\u2212]?";

  /**
   * Looks at columns.
   *
   * @param columns cells of columns of text; only those that hold numbers count
   * @param quoted whether a comma in a cell needs quotation marks, which a decimal comma rarely has
   */
  static NumberLook of(Collection<List<String>> columns, boolean quoted) {
    Set<String> units = new LinkedHashSet<>();
    Set<String> marks = new LinkedHashSet<>();
    List<List<String>> numbers = new ArrayList<>();
    for (List<String> cells : columns) {
      column(cells, units, marks, numbers);
    }
    String decimal = decimal(numbers, quoted);
    return new NumberLook(
        decimal, thousands(numbers, decimal), List.copyOf(units), List.copyOf(marks));
  }

  private static void column(
      List<String> cells, Set<String> units, Set<String> marks, List<List<String>> numbers) {
    List<String> found = new ArrayList<>();
    Map<String, Integer> beside = new TreeMap<>();
    Set<String> missing = new LinkedHashSet<>();
    int filled = 0;
    for (String cell : cells) {
      String text = cell == null ? "" : cell.strip();
      Matcher number = CELL.matcher(text);
      if (MARK.matcher(text).matches()) {
        missing.add(text);
      } else if (number.matches()) {
        filled++;
        found.add(number.group(2));
        add(beside, number.group(1));
        add(beside, number.group(3));
      } else if (!BOOLEAN.matcher(text).matches()) {
        filled++;
      }
    }
    boolean sameUnits = beside.size() <= MAX_UNITS;
    if (!found.isEmpty() && found.size() >= MOST * filled && sameUnits) {
      numbers.add(found);
      units.addAll(beside.keySet());
      missing.removeAll(KNOWN);
      marks.addAll(missing);
    }
  }

  private static void add(Map<String, Integer> beside, String unit) {
    if (unit != null && !unit.isBlank()) {
      beside.merge(unit.strip(), 1, Integer::sum);
    }
  }

  private static String decimal(List<List<String>> columns, boolean quoted) {
    long commas = count(columns, fraction(",", "."));
    long points = count(columns, fraction(".", ","));
    if (commas + points > 0) {
      return commas > points ? "," : ".";
    }
    boolean comma = isThere(columns, matches("\\d{1,3},\\d{3}"));
    return isGrouped(columns, ".") || comma && !isGrouped(columns, ",") && !quoted ? "," : ".";
  }

  /** Text that is a fraction by one separator and by no other reading. */
  private static Predicate<String> fraction(String separator, String other) {
    String one = Pattern.quote(separator);
    String two = Pattern.quote(other);
    Predicate<String> isThere = text -> text.contains(separator);
    String number =
        String.join(
            "|",
            "\\d*" + one + "(?:\\d{1,2}|\\d{4,})(?:[eE].*)?",
            "(?:0|\\d{4,})?" + one + "\\d+(?:[eE].*)?",
            "\\d{1,3}(?:[" + two + "'\\u2019\\u00a0\\u202f ]\\d{3})+" + one + "\\d*");
    return isThere.and(matches(number));
  }

  /** Text that is a sign, or none, and what a regular expression describes. */
  private static Predicate<String> matches(String unsigned) {
    return Pattern.compile(SIGN + "(?:" + unsigned + ")").asMatchPredicate();
  }

  /**
   * Whether a separator stands between groups of digits: 1.029 beside 970, 1.234.567, and no longer
   * number without it.
   */
  private static boolean isGrouped(List<List<String>> columns, String separator) {
    String one = Pattern.quote(separator);
    Predicate<String> several = matches("\\d{1,3}(" + one + "\\d{3}){2,}");
    Predicate<String> single = matches("[1-9]\\d{0,2}" + one + "\\d{3}");
    Predicate<String> whole = matches("[1-9]\\d{2}");
    Predicate<String> longer = matches("\\d{4,}");
    Predicate<String> known = matches("\\d{1,3}(" + one + "\\d{3})*");
    return columns.stream()
        .anyMatch(
            column ->
                column.stream().anyMatch(several)
                    || column.stream().anyMatch(single)
                        && column.stream().anyMatch(whole)
                        && column.stream().noneMatch(longer)
                        && column.stream().allMatch(known));
  }

  private static String thousands(List<List<String>> columns, String decimal) {
    String other = decimal.equals(".") ? "," : ".";
    String fraction = "(?:" + Pattern.quote(decimal) + "\\d*)?";
    Predicate<String> groups =
        matches("\\d{1,3}(?:" + Pattern.quote(other) + "\\d{3})+" + fraction);
    if (isThere(columns, text -> text.contains(other) && groups.test(text))) {
      return other;
    }
    for (String separator : List.of("'", "\u2019", " ")) {
      String group = separator.equals(" ") ? "[ \\u00a0\\u202f]" : separator;
      if (isThere(columns, matches("\\d{1,3}(?:" + group + "\\d{3})+(?:\\D\\d*)?"))) {
        return separator;
      }
    }
    return "";
  }

  private static boolean isThere(List<List<String>> columns, Predicate<String> condition) {
    return columns.stream().flatMap(List::stream).anyMatch(condition);
  }

  private static long count(List<List<String>> columns, Predicate<String> condition) {
    return columns.stream().flatMap(List::stream).filter(condition).count();
  }

  /** Whether most cells of a column of text are numbers; none where all are missing. */
  boolean isNumber(List<String> cells) {
    Predicate<String> number = number();
    long filled = 0;
    long numbers = 0;
    for (String cell : cells) {
      String text = cell == null ? "" : cell.strip();
      if (!MARK.matcher(text).matches()) {
        filled++;
        String word = withoutUnit(text).strip().toLowerCase(Locale.ROOT);
        numbers += word.equals("true") || word.equals("false") || number.test(word) ? 1 : 0;
      }
    }
    return filled > 0 && numbers >= MOST * filled;
  }

  private String withoutUnit(String cell) {
    String text = cell;
    for (String unit : units) {
      text = text.startsWith(unit) ? text.substring(unit.length()) : text;
      text = text.endsWith(unit) ? text.substring(0, text.length() - unit.length()) : text;
    }
    return text;
  }

  private Predicate<String> number() {
    String group = thousands.equals(" ") ? "[ \\u00a0\\u202f]" : Pattern.quote(thousands);
    String whole = thousands.isEmpty() ? "\\d+" : "(\\d+|\\d{1,3}(" + group + "\\d{3})+)";
    String point = Pattern.quote(decimal);
    return matches("(" + whole + "(" + point + "\\d*)?|" + point + "\\d+)(e[-+]?\\d+)?");
  }
}

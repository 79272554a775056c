package io.longcast.read.text;

import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the cells of a column look like, among those that were looked at.
 *
 * @param numbers cells that are numbers
 * @param texts cells that are neither a number nor missing
 * @param text the first of these, or null
 * @param grouped numbers that may be read in two ways: with exactly three digits after the sign for
 *     fractions, as 1.029
 * @param group the first of these, or null
 * @param fractions other numbers with a fraction
 * @param whole a number of three digits or more without a fraction, or null
 */
public record ColumnLook(
    long numbers, long texts, String text, long grouped, String group, long fractions, String whole)
    implements Serializable {
  /** The look of no cell. */
  public static final ColumnLook NONE = new ColumnLook(0, 0, null, 0, null, 0, null);

  private static final Pattern GROUPED = Pattern.compile("[-+]?[1-9]\\d{0,2}[.,]\\d{3}");
  private static final Pattern WHOLE = Pattern.compile("[-+]?[1-9]\\d{2,}");

  /** The look of one cell. */
  public static ColumnLook of(String cell, NumberText numbers) {
    Double number = numbers.number(cell);
    if (number == null) {
      return NONE;
    }
    String text = cell.strip();
    if (number == NumberText.UNREADABLE) {
      return new ColumnLook(0, 1, text, 0, null, 0, null);
    }
    boolean grouped = GROUPED.matcher(text).matches();
    boolean whole = WHOLE.matcher(text).matches();
    boolean fraction = !grouped && !text.chars().allMatch(c -> Character.isDigit(c) || c == '-');
    return new ColumnLook(
        1, 0, null, grouped ? 1 : 0, grouped ? text : null, fraction ? 1 : 0, whole ? text : null);
  }

  /** Two looks as one. */
  public ColumnLook plus(ColumnLook other) {
    return new ColumnLook(
        numbers + other.numbers,
        texts + other.texts,
        text == null ? other.text : text,
        grouped + other.grouped,
        group == null ? other.group : group,
        fractions + other.fractions,
        whole == null ? other.whole : whole);
  }

  /** Whether the column holds text alone. */
  public boolean isText() {
    return numbers == 0 && texts > 0;
  }

  /** Whether the column holds JSON objects. */
  public boolean isJson() {
    return numbers == 0 && text != null && text.startsWith("{");
  }

  /** What is suspicious about a column of numbers, if anything. */
  public Optional<String> suspicion() {
    if (grouped > 0 && fractions == 0 && whole != null) {
      char sign = group.charAt(group.length() - 4);
      return Optional.of(
          "%s next to %s: is \"%s\" the separator of thousands? (source.numbers.thousands = \"%s\", decimal = \"%s\")"
              .formatted(group, whole, sign, sign, sign == '.' ? ',' : '.'));
    }
    return texts > 0 && numbers > 0
        ? Optional.of("numbers, and text: " + NumberText.shown(text))
        : Optional.empty();
  }
}

package io.longcast.read.text;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Brings numbers as a {@link NumberSpec} describes them into the form that Java reads. */
final class NumberFormat implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int GROUP = 3;

  private final char decimal;
  private final String thousands;
  private final List<String> units;

  NumberFormat(NumberSpec spec) {
    decimal = spec.decimal().charAt(0);
    thousands = spec.thousands();
    units =
        spec.units().stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  /** The number as Java reads it; null where the text is none of this format. */
  String plain(String text) {
    String number = withoutUnit(text);
    StringBuilder plain = new StringBuilder(number.length());
    int at = 0;
    if (isSigned(number)) {
      plain.append(number.charAt(at++));
    }
    int whole = wholeEnd(number, at);
    if (!appendWhole(number.substring(at, whole), plain)) {
      return null;
    }
    for (at = whole; at < number.length(); at++) {
      char c = number.charAt(at);
      boolean fraction = c == decimal && at == whole;
      if (!fraction && !Character.isDigit(c) && "eE+-".indexOf(c) < 0) {
        return null;
      }
      plain.append(fraction ? '.' : c);
    }
    return plain.toString();
  }

  private String withoutUnit(String text) {
    for (String unit : units) {
      if (text.endsWith(unit)) {
        return text.substring(0, text.length() - unit.length()).strip();
      }
      if (text.startsWith(unit)) {
        return text.substring(unit.length()).strip();
      }
      if (isSigned(text) && text.startsWith(unit, 1)) {
        return text.charAt(0) + text.substring(1 + unit.length()).strip();
      }
    }
    return text;
  }

  private static boolean isSigned(String text) {
    return !text.isEmpty() && "+-".indexOf(text.charAt(0)) >= 0;
  }

  private int wholeEnd(String number, int from) {
    int at = from;
    while (at < number.length()
        && (Character.isDigit(number.charAt(at)) || isThousands(number.charAt(at)))) {
      at++;
    }
    return at;
  }

  private boolean isThousands(char c) {
    return !thousands.isEmpty() && same(c) == same(thousands.charAt(0));
  }

  /** All kinds of blanks, and of apostrophes, are one. */
  private static char same(char c) {
    return switch (c) {
      case '\u00A0', '\u202F', '\u2009' -> ' ';
      case '\u2019' -> '\'';
      default -> c;
    };
  }

  /** Appends the digits; false if they are not grouped as they may be. */
  private boolean appendWhole(String whole, StringBuilder into) {
    List<Integer> groups = new ArrayList<>(List.of(0));
    for (int i = 0; i < whole.length(); i++) {
      if (isThousands(whole.charAt(i))) {
        groups.add(0);
      } else {
        into.append(whole.charAt(i));
        groups.set(groups.size() - 1, groups.get(groups.size() - 1) + 1);
      }
    }
    return areGroups(groups);
  }

  /** The last group has three digits, those before it as many or, as in India, two. */
  private static boolean areGroups(List<Integer> sizes) {
    int last = sizes.size() - 1;
    if (last == 0) {
      return true;
    }
    int size = last > 1 ? sizes.get(1) : GROUP;
    boolean even = sizes.subList(1, last).stream().allMatch(group -> group == size);
    boolean known = size == GROUP || size == GROUP - 1;
    return known && even && sizes.get(last) == GROUP && sizes.get(0) > 0 && sizes.get(0) <= size;
  }
}

package io.longcast.read.text;

import io.longcast.settings.SettingException;
import java.io.Serializable;
import java.util.List;

/**
 * How numbers are written as text.
 *
 * @param decimal what stands between a number and its fraction: {@code .} or {@code ,}. Proposed
 *     default: {@code "."}
 * @param thousands what stands between groups of digits: one character that is no digit, no sign
 *     and not {@code decimal}; a blank stands for every kind of blank. Proposed default: {@code
 *     ""}, nothing
 * @param units what may stand before or after a number and is left out: {@code ["°C", "kWh", "%"]};
 *     the number stays as it is written, 45 % is 45. Proposed default: {@code []}
 */
public record NumberSpec(String decimal, String thousands, List<String> units)
    implements Serializable {

  /** Numbers as programming languages write them. */
  public static final NumberSpec PLAIN = new NumberSpec(".", "", List.of());

  public NumberSpec {
    units = units.stream().map(String::strip).toList();
    if (!decimal.equals(".") && !decimal.equals(",")) {
      throw new SettingException(
          "source.numbers.decimal", "decimal must be \".\" or \",\", found \"" + decimal + "\"");
    }
    boolean digitOrSign = !thousands.isEmpty() && "0123456789+-eE".contains(thousands);
    if (thousands.length() > 1 || digitOrSign || thousands.equals(decimal)) {
      throw new SettingException(
          "source.numbers.thousands",
          "thousands must be one character that is no digit, no sign and not \""
              + decimal
              + "\", or \"\" for none, found \""
              + thousands
              + "\"");
    }
    for (String unit : units) {
      if (unit.isEmpty() || startsAsNumber(unit)) {
        throw new SettingException(
            "source.numbers.units",
            "a unit must be a text that does not begin as a number, found \"" + unit + "\"");
      }
    }
  }

  private static boolean startsAsNumber(String unit) {
    return Character.isDigit(unit.charAt(0)) || "+-.,".indexOf(unit.charAt(0)) >= 0;
  }

  /** Whether numbers are written as programming languages write them. */
  boolean isPlain() {
    return equals(PLAIN);
  }
}

package io.longcast.anomaly.pattern;

import java.util.Locale;

/**
 * How components become one score: a weighted sum, by what the series is. A seasonal series is
 * compared over a quarter of its period; one without a period over three lengths of time, because
 * none is its own. The mean of the rows counts half, as shapes and residuals tell of most shifts
 * too, and a stuck value twice its logarithm.
 */
enum PatternRule {
  /** The series repeats itself. */
  SEASONAL(1, 0, 1, 0, 1, .5, 2),
  /** It does not. */
  APERIODIC(1, 1 / 3.0, 1 / 3.0, 1 / 3.0, 1, .5, 2);

  private final double[] weights;

  PatternRule(double... weights) {
    this.weights = weights;
  }

  static PatternRule of(Period period) {
    return period.isSeasonal() ? SEASONAL : APERIODIC;
  }

  /** Rows of the bank of a component. */
  int bankRows(Component component, PatternSpec spec) {
    if (this == SEASONAL) {
      return spec.seasonalRows();
    }
    return component == Component.SHAPE ? spec.bankRows() : spec.sideRows();
  }

  double weight(int component) {
    return weights[component];
  }

  /** In words, such as {@code seasonal: residual + shape + texture}. */
  String described() {
    StringBuilder words = new StringBuilder(name().toLowerCase(Locale.ROOT)).append(':');
    String before = " ";
    for (Component component : Component.values()) {
      double weight = weights[component.ordinal()];
      if (weight > 0) {
        words.append(before);
        words.append(weight == 1 ? "" : String.format(Locale.ROOT, "%.2f ", weight));
        words.append(component.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        before = " + ";
      }
    }
    return words.toString();
  }
}

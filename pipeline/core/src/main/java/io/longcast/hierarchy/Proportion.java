package io.longcast.hierarchy;

import java.io.Serializable;

/**
 * How the forecasts of the parts of a total become those that add up to it: each in proportion to
 * itself, or, where they do not have the sign of the total or mostly cancel each other, each by an
 * equal amount.
 *
 * @param factor of the forecast of a part
 * @param plus added to it
 */
public record Proportion(double factor, double plus) implements Serializable {
  /** Least share of the absolute values of the parts that their sum must have. */
  private static final double LEAST = 0.5;

  /**
   * The proportion at one step.
   *
   * @param parts sum of the forecasts of the parts
   * @param absolute sum of their absolute values
   * @param count number of parts, at least 1
   * @param total that they are to add up to
   */
  public static Proportion of(double parts, double absolute, int count, double total) {
    double factor = total / parts;
    boolean alike = parts != 0 && Math.abs(parts) >= LEAST * absolute;
    return alike && factor >= 0 && Double.isFinite(factor)
        ? new Proportion(factor, 0)
        : new Proportion(1, (total - parts) / count);
  }

  /** The forecast of a part. */
  public double of(double part) {
    return part * factor + plus;
  }
}

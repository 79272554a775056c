package io.longcast.model.zero.synthetic;

/**
 * One series and what is true of it.
 *
 * @param values oldest first, NaN where missing
 * @param first shortest season, steps; 0 for none
 * @param second a longer season, steps; 0 for none
 */
public record SyntheticSeries(double[] values, int first, int second) {

  static SyntheticSeries plain(double[] values) {
    return new SyntheticSeries(values, 0, 0);
  }

  /** Orders two seasons, 0 for none. */
  static SyntheticSeries of(double[] values, int one, int other) {
    int low = one == 0 || other == 0 ? Math.max(one, other) : Math.min(one, other);
    int high = Math.max(one, other);
    return new SyntheticSeries(values, low, high > low ? high : 0);
  }
}

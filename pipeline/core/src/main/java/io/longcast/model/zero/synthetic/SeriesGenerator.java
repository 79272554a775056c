package io.longcast.model.zero.synthetic;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Draws synthetic series of many families. The mixture of families follows what improved zero-shot
 * forecasts in trials (decision 170).
 */
public final class SeriesGenerator {
  private static final double MIXED = 0.12;

  /** Families in the order of {@link #SHARES}. */
  private static final Family[] FAMILIES = {
    new Composed(),
    new Business(),
    new Economic(),
    new Counts(),
    new Walks(),
    new CalendarBound(),
    new Intermittent(),
    new Regimes(),
    new Sensors(),
    new Rates()
  };

  private static final double[] SHARES = {
    0.40, 0.15, 0.08, 0.05, 0.12, 0.08, 0.03, 0.04, 0.03, 0.02
  };

  private final int length;

  /**
   * @param length values of each series
   */
  public SeriesGenerator(int length) {
    this.length = length;
  }

  /** The share of each family, for a model card. */
  public static Map<String, Double> shares() {
    Map<String, Double> shares = new LinkedHashMap<>();
    for (int i = 0; i < FAMILIES.length; i++) {
      shares.put(FAMILIES[i].getClass().getSimpleName(), SHARES[i]);
    }
    return shares;
  }

  /** The series of a seed, standardized. */
  public SyntheticSeries draw(long seed) {
    Draws r = new Draws(seed);
    SyntheticSeries series = family(r);
    if (r.chance(MIXED)) {
      series = mixed(r, series, family(r));
    }
    double[] x = series.values();
    for (int t = 0; t < x.length; t++) {
      x[t] = Double.isFinite(x[t]) ? x[t] : 0;
    }
    Faults.apply(r, x);
    return series;
  }

  private SyntheticSeries family(Draws r) {
    return FAMILIES[r.index(SHARES)].draw(r, length);
  }

  /** A weighted mean of two standardized series (Ansari et al. 2024, TSMixup). */
  private static SyntheticSeries mixed(Draws r, SyntheticSeries one, SyntheticSeries other) {
    double[] x = Curves.standardize(one.values());
    double[] y = Curves.standardize(other.values());
    double a = r.gamma(1.5);
    double weight = a / (a + r.gamma(1.5));
    for (int t = 0; t < x.length; t++) {
      x[t] = weight * x[t] + (1 - weight) * y[t];
    }
    return SyntheticSeries.of(x, one.first(), other.first());
  }
}

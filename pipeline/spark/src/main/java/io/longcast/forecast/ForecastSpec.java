package io.longcast.forecast;

import io.longcast.settings.SettingChecks;
import io.longcast.settings.SettingException;
import java.io.Serializable;
import java.util.List;
import java.util.Set;

/**
 * How forecasts are made from a trained model.
 *
 * @param batchSize windows a batch, 1 to 65536; default 256
 * @param minContext observed values a series needs before the origin, at least 1; a shorter one
 *     gets a status; default 2
 * @param staleAfter steps by which a series may end before the newest one of the run; one that ends
 *     earlier gets the status stale beside its forecast; at least 0, 0 for the horizon, whose
 *     forecast then lies wholly in the past; default 0
 * @param nonNegative whether points and quantiles below zero become zero; default false
 * @param wholeNumbers whether points are rounded to whole numbers; default false
 * @param calibration when the correction found on the calibration part is applied; default
 *     where-needed
 * @param adaptive how the correction follows what comes in rolling use
 * @param reconcile totals of the series, and how forecasts are made to add up to them
 */
public record ForecastSpec(
    int batchSize,
    int minContext,
    int staleAfter,
    boolean nonNegative,
    boolean wholeNumbers,
    Calibrate calibration,
    Adaptive adaptive,
    Reconcile reconcile)
    implements Serializable {

  /** When intervals are corrected. */
  public enum Calibrate {
    /** Never: the quantile heads are used without correction. */
    OFF,
    /** Only levels whose coverage on the calibration part is off by more than its noise. */
    WHERE_NEEDED,
    /** All levels. */
    ALWAYS
  }

  /**
   * Rolling use: each origin whose target has become known moves the factors of the intervals by
   * {@link IntervalCalibration#adapted}.
   *
   * @param rate how far the logarithm of a factor moves when all values lie beyond its quantile, at
   *     least 0; 0: not at all; default 0.5
   * @param origins known origins, a horizon apart, that {@code longcast forecast} looks back over
   *     before it forecasts, at least 0; each costs as much as the forecast itself; default 0
   */
  public record Adaptive(double rate, int origins) implements Serializable {
    public Adaptive {
      SettingChecks.require(
          rate >= 0 && Double.isFinite(rate), "forecast.adaptive.rate", ">= 0 and finite", rate);
      SettingChecks.atLeast(origins, 0, "forecast.adaptive.origins");
    }
  }

  /** How the forecasts of groups and of their series are made to add up. */
  public enum Reconciliation {
    /** No groups. */
    NONE,
    /** A group is the sum of its series. */
    BOTTOM_UP,
    /** The topmost groups as forecast; the others divide them in proportion to their forecasts. */
    TOP_DOWN,
    /** Trace minimization with a shrunk covariance of past errors (MinT). */
    MINT
  }

  /**
   * Groups of series by static columns, forecast too and reconciled with their series.
   *
   * @param method how; default none
   * @param levels static columns of each level of groups, none for the total of all series; 1 to 8
   *     levels where a method is set; default none
   * @param origins past origins, a horizon apart, whose errors {@code MINT} looks at, 1 to 64;
   *     default 2
   */
  public record Reconcile(Reconciliation method, List<List<String>> levels, int origins)
      implements Serializable {
    private static final String LEVELS = "forecast.reconcile.levels";
    private static final int MAX_LEVELS = 8;

    /** No groups. */
    public static final Reconcile NONE = new Reconcile(Reconciliation.NONE, List.of(), 2);

    public Reconcile {
      levels = levels.stream().map(List::copyOf).toList();
      SettingChecks.inRange(origins, 1, 64, "forecast.reconcile.origins");
      if (method != Reconciliation.NONE && (levels.isEmpty() || levels.size() > MAX_LEVELS)) {
        throw new SettingException(
            List.of("forecast.reconcile.method", LEVELS),
            "%s must be 1 to %d lists of static columns where forecast.reconcile.method is set, found %s"
                .formatted(LEVELS, MAX_LEVELS, levels));
      }
      for (int level = 0; level < levels.size(); level++) {
        requireLevel(method, levels, level);
      }
    }

    /** Past origins whose errors are looked at; 0 by other methods than {@code MINT}. */
    public int pastOrigins() {
      return method == Reconciliation.MINT ? origins : 0;
    }

    private static void requireLevel(Reconciliation method, List<List<String>> levels, int level) {
      Set<String> own = Set.copyOf(levels.get(level));
      if (own.size() < levels.get(level).size()
          || levels.subList(0, level).stream().anyMatch(other -> own.equals(Set.copyOf(other)))) {
        throw new SettingException(
            LEVELS, LEVELS + " must name each column and each level once, found " + levels);
      }
      if (method == Reconciliation.TOP_DOWN
          && level > 0
          && !own.containsAll(levels.get(level - 1))) {
        throw new SettingException(
            List.of("forecast.reconcile.method", LEVELS),
            "top-down needs levels that divide the one before, each with its columns and more,"
                + " such as [[], [region], [region, store]], found "
                + levels);
      }
    }
  }

  public ForecastSpec {
    SettingChecks.inRange(batchSize, 1, 65_536, "forecast.batchSize");
    SettingChecks.atLeast(minContext, 1, "forecast.minContext");
    SettingChecks.atLeast(staleAfter, 0, "forecast.staleAfter");
  }

  /** Steps by which a series may end before the newest one. */
  public int staleAfter(int horizon) {
    return staleAfter == 0 ? horizon : staleAfter;
  }

  /**
   * A point forecast as it is published.
   *
   * @param point in the unit of the channel
   */
  public double published(double point) {
    double floored = floored(point);
    return wholeNumbers ? Math.rint(floored) : floored;
  }

  /** The same of a quantile, which is never rounded. */
  double floored(double value) {
    return nonNegative ? Math.max(0, value) : value;
  }
}

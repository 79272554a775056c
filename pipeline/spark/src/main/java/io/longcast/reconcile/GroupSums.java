package io.longcast.reconcile;

import io.longcast.hierarchy.ExactSums;
import io.longcast.hierarchy.ShrinkageSums;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Forecasts of one channel added up by group, and, where past errors are looked at, those errors
 * and what their covariance is made of. Mergeable in any order to the same bits. Its size follows
 * from the number of groups and the square of that of errors, not from the number of series.
 */
final class GroupSums implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int horizon;
  private final int times;
  private final TreeMap<String, Group> groups = new TreeMap<>();
  private final TreeMap<String, ExactSums> shared = new TreeMap<>();
  private final ShrinkageSums shrinkage;

  /** Sums of one group: its points, its errors, the absolute values of its points. */
  private static final class Group implements Serializable {
    private static final long serialVersionUID = 1L;
    private final ExactSums sums;
    private final int level;
    private final String parent;
    private int series;

    Group(int size, int level, String parent) {
      sums = new ExactSums(size);
      this.level = level;
      this.parent = parent;
    }
  }

  /**
   * @param times past errors of a series, 0 for none
   */
  GroupSums(int horizon, int times) {
    this.horizon = horizon;
    this.times = times;
    shrinkage = new ShrinkageSums(times);
  }

  private Group group(String id, int level, String parent) {
    return groups.computeIfAbsent(id, key -> new Group(2 * horizon + times, level, parent));
  }

  /** Of two groups, in either order. */
  private static String pair(String one, String other) {
    return one.compareTo(other) < 0 ? other + '\n' + one : one + '\n' + other;
  }

  /**
   * Adds a series.
   *
   * @param ids its groups, one a level
   * @param points {@code [horizon]}
   * @param errors {@code [times]}, 0 where not known
   * @param variance of the errors
   */
  void add(List<String> ids, double[] points, double[] errors, double variance) {
    for (int level = 0; level < ids.size(); level++) {
      Group group = group(ids.get(level), level, level == 0 ? null : ids.get(level - 1));
      group.series++;
      for (int t = 0; t < horizon; t++) {
        group.sums.add(t, points[t]);
        group.sums.add(horizon + times + t, Math.abs(points[t]));
      }
      for (int t = 0; t < times; t++) {
        group.sums.add(horizon + t, errors[t]);
      }
      for (String other : times == 0 ? List.<String>of() : ids) {
        if (other.compareTo(ids.get(level)) <= 0) {
          ExactSums both =
              shared.computeIfAbsent(pair(ids.get(level), other), key -> new ExactSums(2));
          both.add(0, variance);
          both.add(1, 1);
        }
      }
    }
    if (times > 0) {
      shrinkage.add(errors);
    }
  }

  GroupSums merge(GroupSums other) {
    other.groups.forEach(
        (id, group) -> {
          Group own = group(id, group.level, group.parent);
          own.series += group.series;
          own.sums.merge(group.sums);
        });
    other.shared.forEach(
        (pair, sum) -> shared.computeIfAbsent(pair, key -> new ExactSums(2)).merge(sum));
    shrinkage.merge(other.shrinkage);
    return this;
  }

  /** Ids in ascending order. */
  List<String> ids() {
    return new ArrayList<>(groups.keySet());
  }

  /** Series of a group that have a forecast; 0 of an unknown one. */
  int series(String id) {
    return groups.containsKey(id) ? groups.get(id).series : 0;
  }

  /** The group of the level above that holds a group; null of the first level. */
  String parent(String id) {
    return groups.get(id).parent;
  }

  /** Sums of the points, {@code [horizon]}. */
  double[] points(String id) {
    return groups.get(id).sums.values(0, horizon);
  }

  /** Sums of the errors, {@code [times]}. */
  double[] errors(String id) {
    return groups.get(id).sums.values(horizon, horizon + times);
  }

  /** The level of a group, from 0. */
  int level(String id) {
    return groups.get(id).level;
  }

  /** Sums of the absolute values of the points, {@code [horizon]}. */
  double[] absolute(String id) {
    return groups.get(id).sums.values(horizon + times, 2 * horizon + times);
  }

  /** Sum of the variances of the series that two groups share. */
  double sharedVariance(String one, String other) {
    return shared(one, other, 0);
  }

  /** Number of the series that two groups share. */
  double sharedSeries(String one, String other) {
    return shared(one, other, 1);
  }

  private double shared(String one, String other, int sum) {
    ExactSums both = shared.get(pair(one, other));
    return both == null ? 0 : both.value(sum);
  }

  /** Of the errors of the series so far. */
  ShrinkageSums shrinkage() {
    return shrinkage;
  }

  /** By id, for the points that the forecasts of groups become. */
  Map<String, double[]> allPoints() {
    Map<String, double[]> all = new TreeMap<>();
    groups.keySet().forEach(id -> all.put(id, points(id)));
    return all;
  }
}

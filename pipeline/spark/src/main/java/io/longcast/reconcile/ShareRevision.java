package io.longcast.reconcile;

import io.longcast.forecast.PointRevision;
import io.longcast.hierarchy.Proportion;
import io.longcast.model.WindowForecaster;
import io.longcast.series.Segment;
import java.util.List;
import java.util.Map;

/**
 * Moves the forecasts of series to their share of a total.
 *
 * @param shares by channel, then by group of the last level, {@code [horizon]}
 */
record ShareRevision(Hierarchy hierarchy, Members members, List<Map<String, Proportion[]>> shares)
    implements PointRevision, PointRevision.Factory {

  ShareRevision {
    shares = List.copyOf(shares);
  }

  @Override
  public PointRevision open(WindowForecaster forecaster) {
    return this;
  }

  @Override
  public double[] revised(Segment segment, int channel, double[] points) {
    if (!members.contains(segment)) {
      return points;
    }
    List<String> groups = hierarchy.groups(segment.statics());
    Proportion[] share = shares.get(channel).get(groups.get(groups.size() - 1));
    for (int t = 0; share != null && t < points.length; t++) {
      points[t] = share[t].of(points[t]);
    }
    return points;
  }
}

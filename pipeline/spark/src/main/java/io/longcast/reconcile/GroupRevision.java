package io.longcast.reconcile;

import io.longcast.forecast.PointRevision;
import io.longcast.model.WindowForecaster;
import io.longcast.series.Segment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sets the forecasts of groups to the sums of those of their series; without any they have none.
 *
 * @param sums by channel, then by group, {@code [horizon]}
 * @param missing by channel, then by group: what is to be said of series without a forecast
 */
record GroupRevision(List<Map<String, double[]>> sums, List<Map<String, String>> missing)
    implements PointRevision, PointRevision.Factory {

  GroupRevision {
    sums = List.copyOf(sums);
    missing = List.copyOf(missing);
  }

  @Override
  public PointRevision open(WindowForecaster forecaster) {
    return this;
  }

  @Override
  public double[] revised(Segment group, int channel, double[] points) {
    double[] sum = sums.get(channel).get(group.seriesId());
    if (sum == null) {
      Arrays.fill(points, Double.NaN);
    }
    return sum == null ? points : sum.clone();
  }

  @Override
  public Optional<String> missing(Segment group, int channel) {
    return Optional.ofNullable(missing.get(channel).get(group.seriesId()));
  }
}

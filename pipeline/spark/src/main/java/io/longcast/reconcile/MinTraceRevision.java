package io.longcast.reconcile;

import io.longcast.forecast.ForecastPlan;
import io.longcast.forecast.OriginForecasts;
import io.longcast.forecast.OriginForecasts.SeriesForecast;
import io.longcast.forecast.PointRevision;
import io.longcast.hierarchy.TraceMinimization;
import io.longcast.model.WindowForecaster;
import io.longcast.series.Segment;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Moves the forecasts of series by trace minimization. Reads some segments ahead, to forecast them
 * from past origins in batches.
 */
final class MinTraceRevision implements PointRevision {
  private final Plan plan;
  private final OriginForecasts past;

  /** By channel; null where there is no forecast, or none any more to come. */
  private final Map<Segment, SeriesForecast[]> errors = new IdentityHashMap<>();

  /**
   * What a task needs.
   *
   * @param solutions by channel
   */
  record Plan(
      Hierarchy hierarchy,
      Members members,
      ForecastPlan forecasts,
      int origins,
      List<Solution> solutions)
      implements Factory {
    Plan {
      solutions = List.copyOf(solutions);
    }

    @Override
    public PointRevision open(WindowForecaster forecaster) {
      return new MinTraceRevision(this, forecaster);
    }
  }

  /**
   * The solution of a channel.
   *
   * @param structural whether every series counts alike, since no past errors are known
   * @param share of the diagonal in the covariance
   * @param multipliers by group, {@code [horizon]}
   * @param weights of the errors of a series, {@code [horizon, times]}
   */
  record Solution(
      boolean structural, double share, Map<String, double[]> multipliers, double[][] weights)
      implements Serializable {

    private double move(int t, List<String> groups, SeriesForecast past) {
      double sum = 0;
      for (String group : groups) {
        double[] own = multipliers.get(group);
        sum += own == null ? 0 : own[t];
      }
      return structural
          ? sum
          : TraceMinimization.move(share, past.variance(), sum, past.errors(), weights[t]);
    }
  }

  private MinTraceRevision(Plan plan, WindowForecaster forecaster) {
    this.plan = plan;
    past = new OriginForecasts(plan.forecasts(), forecaster, 1, plan.origins());
  }

  @Override
  public Iterator<Segment> read(Iterator<Segment> segments) {
    Deque<Segment> ready = new ArrayDeque<>();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return !ready.isEmpty() || segments.hasNext();
      }

      @Override
      public Segment next() {
        if (ready.isEmpty()) {
          fill();
        }
        return ready.remove();
      }

      private void fill() {
        while (ready.size() < plan.forecasts().spec().batchSize() && segments.hasNext()) {
          ready.add(segments.next());
        }
        List<Segment> members = ready.stream().filter(plan.members()::contains).toList();
        past.of(members).forEach(MinTraceRevision.this::keep);
      }
    };
  }

  private void keep(SeriesForecast one) {
    if (plan.members().contains(one.segment(), one.channel())) {
      SeriesForecast[] all =
          errors.computeIfAbsent(
              one.segment(), segment -> new SeriesForecast[plan.solutions().size()]);
      all[one.channel()] = one;
    }
  }

  @Override
  public double[] revised(Segment segment, int channel, double[] points) {
    SeriesForecast[] all = errors.get(segment);
    if (all == null || all[channel] == null) {
      return points;
    }
    SeriesForecast own = all[channel];
    all[channel] = null;
    if (Arrays.stream(all).allMatch(Objects::isNull)) {
      errors.remove(segment);
    }
    Solution solution = plan.solutions().get(channel);
    List<String> groups = plan.hierarchy().groups(segment.statics());
    for (int t = 0; t < points.length; t++) {
      points[t] += solution.move(t, groups, own);
    }
    return points;
  }
}

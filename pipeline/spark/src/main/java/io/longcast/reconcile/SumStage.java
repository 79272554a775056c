package io.longcast.reconcile;

import io.longcast.forecast.ForecastPlan;
import io.longcast.forecast.OriginForecasts;
import io.longcast.forecast.OriginForecasts.SeriesForecast;
import io.longcast.forecast.PointRevision;
import io.longcast.model.WindowForecaster;
import io.longcast.series.Segment;
import io.longcast.sparkinternals.rdd.Shared;
import io.longcast.sparkinternals.rdd.TaskResults;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/** Forecasts series and adds the forecasts up by group. One job, no shuffle. */
final class SumStage {
  private static final int DEPTH = 2;

  private SumStage() {}

  /**
   * What is added up.
   *
   * @param hierarchy the groups
   * @param members which series count
   * @param plan how they are forecast
   * @param revision of the points
   * @param origins past origins whose errors are added up too, 0 for none
   * @param published whether points are added up as they are published, or as forecast
   */
  record Work(
      Hierarchy hierarchy,
      Members members,
      ForecastPlan plan,
      PointRevision.Factory revision,
      int origins,
      boolean published)
      implements Serializable {

    private GroupSums empty() {
      int horizon = plan.cutter().window().horizon();
      return new GroupSums(horizon, origins * horizon);
    }
  }

  /**
   * Sums of each channel.
   *
   * @param aligned series, members and others
   */
  static List<GroupSums> collect(JavaRDD<Segment> aligned, Work work) {
    Shared<Work> shared = Shared.of(aligned.context(), work);
    Members members = work.members();
    try {
      return TaskResults.merge(
          aligned
              .filter(members::contains)
              .mapPartitions(part -> List.of(sums(part, shared.value())).iterator()),
          SumStage::merged,
          DEPTH);
    } finally {
      shared.destroy();
    }
  }

  private static ArrayList<GroupSums> merged(ArrayList<GroupSums> one, ArrayList<GroupSums> other) {
    for (int channel = 0; channel < one.size(); channel++) {
      one.get(channel).merge(other.get(channel));
    }
    return one;
  }

  private static ArrayList<GroupSums> sums(Iterator<Segment> part, Work work) {
    ArrayList<GroupSums> sums = new ArrayList<>();
    work.plan().layout().channels().forEach(channel -> sums.add(work.empty()));
    try (WindowForecaster forecaster = work.plan().model().open()) {
      PointRevision revision = work.revision().open(forecaster);
      new OriginForecasts(work.plan(), forecaster, 0, work.origins())
          .each(revision.read(part), one -> add(one, revision, work, sums.get(one.channel())));
    }
    return sums;
  }

  private static void add(SeriesForecast one, PointRevision revision, Work work, GroupSums to) {
    boolean none = one.points() == null;
    double[] base = none ? new double[work.plan().cutter().window().horizon()] : one.points();
    // Revised in any case, so that the revision need not keep what it knows of the series.
    double[] points = revision.revised(one.segment(), one.channel(), base);
    if (none || !Arrays.stream(points).allMatch(Double::isFinite)) {
      return;
    }
    for (int t = 0; work.published() && t < points.length; t++) {
      points[t] = work.plan().spec().published(points[t]);
    }
    List<String> ids = work.hierarchy().groups(one.segment().statics());
    to.add(ids, points, one.errors(), one.variance());
  }
}

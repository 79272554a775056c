package io.longcast.reconcile;

import io.longcast.forecast.ForecastPlan;
import io.longcast.forecast.OriginForecasts;
import io.longcast.forecast.OriginForecasts.SeriesForecast;
import io.longcast.model.Forecaster;
import io.longcast.series.Segment;
import io.longcast.sparkinternals.rdd.Shared;
import io.longcast.sparkinternals.rdd.TaskResults;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/** Groups as series of their own, and their base forecasts. */
final class GroupStage {
  private GroupStage() {}

  /** The histories of all groups by id; one shuffle, of one partial sum a group and task. */
  static JavaPairRDD<String, GroupHistory> histories(
      JavaRDD<Segment> aligned, Hierarchy hierarchy, Members members, GroupHistory.Shape shape) {
    JavaPairRDD<String, Segment> pairs =
        aligned.flatMapToPair(
            series ->
                hierarchy.groups(series.statics()).stream()
                    .map(id -> new Tuple2<>(id, series))
                    .iterator());
    return TaskResults.combined(
        pairs,
        () -> new GroupHistory(shape),
        (history, series) -> history.add(series, members.contains(series)),
        GroupHistory::merge);
  }

  /** Number of series and of members of a group. */
  record Size(String id, int series, int members) implements Serializable {}

  /** The sizes of all groups, by id. */
  static Map<String, Size> sizes(JavaPairRDD<String, GroupHistory> histories) {
    Map<String, Size> sizes = new TreeMap<>();
    TaskResults.collect(
            histories.map(one -> new Size(one._1(), one._2().series(), one._2().members())))
        .forEach(size -> sizes.put(size.id(), size));
    return sizes;
  }

  /** A base forecast of a group. */
  record GroupForecast(String id, int channel, double[] points, double[] errors, double variance)
      implements Serializable {

    private static GroupForecast of(SeriesForecast one) {
      return new GroupForecast(
          one.segment().seriesId(), one.channel(), one.points(), one.errors(), one.variance());
    }
  }

  /**
   * Forecasts the groups themselves; those without a forecast are left out.
   *
   * @param origins past origins whose errors are wanted
   * @return by channel, then by id
   */
  static List<Map<String, GroupForecast>> forecasts(
      JavaRDD<Segment> groups, ForecastPlan plan, int origins) {
    Shared<ForecastPlan> shared = Shared.of(groups.context(), plan);
    try {
      List<Map<String, GroupForecast>> all = new ArrayList<>();
      plan.layout().channels().forEach(channel -> all.add(new TreeMap<>()));
      TaskResults.collect(groups.mapPartitions(part -> made(part, shared.value(), origins)))
          .forEach(one -> all.get(one.channel()).put(one.id(), one));
      return all;
    } finally {
      shared.destroy();
    }
  }

  private static Iterator<GroupForecast> made(
      Iterator<Segment> part, ForecastPlan plan, int origins) {
    List<GroupForecast> made = new ArrayList<>();
    try (Forecaster forecaster = plan.model().open()) {
      new OriginForecasts(plan, forecaster, 0, origins)
          .each(
              part,
              one -> {
                if (one.points() != null) {
                  made.add(GroupForecast.of(one));
                }
              });
    }
    return made.iterator();
  }
}

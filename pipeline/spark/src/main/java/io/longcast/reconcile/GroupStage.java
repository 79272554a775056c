package io.longcast.reconcile;

import io.longcast.forecast.ForecastPlan;
import io.longcast.forecast.OriginForecasts;
import io.longcast.forecast.OriginForecasts.SeriesForecast;
import io.longcast.model.WindowForecaster;
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
        (history, series) -> history.add(series, members),
        GroupHistory::merge);
  }

  /**
   * What is known of a group.
   *
   * @param series number of them
   * @param members number of those that are forecast from the common origin
   * @param reserved a series that is named like a group, or null
   */
  record Size(String id, int series, int members, String reserved) implements Serializable {}

  /**
   * The sizes of the groups, by id; of more groups than {@code most} at least one more than that.
   */
  static Map<String, Size> sizes(JavaPairRDD<String, GroupHistory> histories, int most) {
    Map<String, Size> sizes = new TreeMap<>();
    TaskResults.collect(histories.mapPartitions(part -> sizes(part, most)))
        .forEach(size -> sizes.put(size.id(), size));
    return sizes;
  }

  private static Iterator<Size> sizes(Iterator<Tuple2<String, GroupHistory>> part, int most) {
    List<Size> sizes = new ArrayList<>();
    while (part.hasNext() && sizes.size() <= most) {
      Tuple2<String, GroupHistory> one = part.next();
      GroupHistory group = one._2();
      sizes.add(new Size(one._1(), group.series(), group.members(), group.reserved()));
    }
    return sizes.iterator();
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
    try (WindowForecaster forecaster = plan.model().open()) {
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

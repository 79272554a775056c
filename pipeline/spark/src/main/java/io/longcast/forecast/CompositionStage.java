package io.longcast.forecast;

import io.longcast.model.ComposedForecaster;
import io.longcast.model.ForecasterFactory;
import io.longcast.series.Segment;
import io.longcast.sparkinternals.rdd.Shared;
import io.longcast.sparkinternals.rdd.TaskResults;
import io.longcast.window.BatchCutter;
import io.longcast.window.CutterSpec;
import io.longcast.window.WindowBatch;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;

/**
 * Says what the forecasts from the end of some series are made of. One scan of the segments, no
 * shuffle; meant for the few series that somebody looks at.
 */
public final class CompositionStage {
  private CompositionStage() {}

  /**
   * What the forecast of a channel is made of.
   *
   * @param seriesId the series
   * @param channel its channel
   * @param parts names of what is added to the level of the window, in order
   * @param added {@code [1 + parts][horizon]} in raw units: the level, and what each part adds;
   *     their sums are the network's point forecasts
   */
  public record Composition(String seriesId, String channel, List<String> parts, double[][] added)
      implements Serializable {}

  private record Plan(CutterSpec cutter, ForecasterFactory model) implements Serializable {}

  /**
   * The compositions of all channels of the segments, in the order of their series.
   *
   * @param segments whole series or their last segments; segments that do not own the origin at
   *     their end are passed over
   * @param model opens a {@link ComposedForecaster}
   */
  public static List<Composition> of(
      SparkContext context, JavaRDD<Segment> segments, CutterSpec cutter, ForecasterFactory model) {
    Shared<Plan> shared = Shared.of(context, new Plan(cutter, model));
    try {
      List<Composition> found =
          new ArrayList<>(
              TaskResults.collect(segments.mapPartitions(part -> compose(part, shared.value()))));
      found.sort((a, b) -> a.seriesId().compareTo(b.seriesId()));
      return found;
    } finally {
      shared.destroy();
    }
  }

  private static Iterator<Composition> compose(Iterator<Segment> segments, Plan plan) {
    if (!segments.hasNext()) {
      return Collections.emptyIterator();
    }
    List<Composition> found = new ArrayList<>();
    BatchCutter cutter = plan.cutter().open();
    List<String> channels = plan.cutter().layout().channels();
    WindowBatch windows = cutter.newBatch(channels.size());
    try (ComposedForecaster model = (ComposedForecaster) plan.model().open()) {
      while (segments.hasNext()) {
        Segment segment = segments.next();
        if (segment.length() < segment.originTo()) {
          windows.clear();
          for (int channel = 0; channel < channels.size(); channel++) {
            cutter.cut(segment, channel, segment.length(), windows);
          }
          float[][] composition = model.composition(windows);
          for (int i = 0; i < windows.size(); i++) {
            found.add(composition(windows, i, composition, channels.get(i), model.parts()));
          }
        }
      }
    }
    return found.iterator();
  }

  private static Composition composition(
      WindowBatch windows, int i, float[][] composition, String channel, List<String> parts) {
    int horizon = windows.horizon();
    double[][] added = new double[composition.length][horizon];
    for (int t = 0; t < horizon; t++) {
      int at = i * horizon + t;
      added[0][t] = windows.offset(i) + composition[0][at];
      for (int part = 1; part < composition.length; part++) {
        added[part][t] = (double) composition[part][at] - composition[part - 1][at];
      }
    }
    return new Composition(windows.segment(i).seriesId(), channel, List.copyOf(parts), added);
  }
}

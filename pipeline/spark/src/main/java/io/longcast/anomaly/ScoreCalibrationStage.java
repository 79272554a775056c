package io.longcast.anomaly;

import io.longcast.anomaly.score.TailState;
import io.longcast.model.WindowForecaster;
import io.longcast.series.Segment;
import io.longcast.sparkinternals.rdd.Kept;
import io.longcast.sparkinternals.rdd.Shared;
import io.longcast.sparkinternals.rdd.TaskResults;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;

/**
 * Finds out what is usual: forecasts a sample of the series once, then counts the three layers of a
 * {@link ScoreCalibration} in passes over it. Only whole counts are merged, so that the result is
 * the same for any partitioning. No shuffle of the series.
 */
public final class ScoreCalibrationStage {
  private static final int DEPTH = 2;

  private ScoreCalibrationStage() {}

  /** Fits the calibration on the steps of each series before {@code holdout} ones at its end. */
  public static ScoreCalibration calibrate(
      JavaRDD<Segment> segments, DetectorContext plan, int holdout) {
    Set<String> chosen = SeriesSampleStage.ids(segments, plan.spec().calibrationSeries());
    Shared<DetectorContext> shared = Shared.of(segments.context(), plan);
    JavaRDD<ForecastSeries> series =
        Kept.of(
            segments
                .filter(segment -> chosen.contains(segment.seriesId()))
                .mapPartitions(part -> forecast(part, shared.value(), holdout)),
            StorageLevel.MEMORY_AND_DISK());
    try {
      return new CalibrationFit(plan, pass -> count(series, pass)).fit();
    } finally {
      series.unpersist(false);
      shared.destroy();
    }
  }

  private static Iterator<ForecastSeries> forecast(
      Iterator<Segment> segments, DetectorContext plan, int holdout) {
    try (WindowForecaster forecaster = plan.model().open()) {
      ExpectationScan scan = new ExpectationScan(forecaster, plan);
      List<ForecastSeries> series = new ArrayList<>();
      while (segments.hasNext()) {
        Segment segment = segments.next();
        int to = Math.max(0, segment.length() - holdout);
        int from = Math.min(plan.firstOrigin(segment), to);
        series.add(new ForecastSeries(segment, from, to, scan.scan(segment, from, to)));
      }
      return series.iterator();
    }
  }

  private static List<TailState> count(JavaRDD<ForecastSeries> series, CalibrationPass pass) {
    return TaskResults.merge(
        series.mapPartitions(part -> List.of(pass.count(part)).iterator()),
        ScoreCalibrationStage::merge,
        DEPTH);
  }

  private static ArrayList<TailState> merge(ArrayList<TailState> one, ArrayList<TailState> other) {
    for (int i = 0; i < one.size(); i++) {
      one.get(i).merge(other.get(i));
    }
    return one;
  }
}

package io.longcast.anomaly;

import io.longcast.anomaly.event.Event;
import io.longcast.anomaly.event.EventReport;
import io.longcast.model.Forecaster;
import io.longcast.series.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Calibration and detection on series at hand, without an engine: for measurements. */
public final class LocalDetection {
  private LocalDetection() {}

  /** The calibration that {@link ScoreCalibrationStage} finds on the same series. */
  public static ScoreCalibration calibrate(
      List<Segment> segments, DetectorContext plan, java.util.function.ToIntFunction<Segment> end) {
    List<ForecastSeries> series = new ArrayList<>();
    try (Forecaster forecaster = plan.model().open()) {
      ExpectationScan scan = new ExpectationScan(forecaster, plan);
      for (Segment segment : segments) {
        int to = end.applyAsInt(segment);
        int from = Math.min(plan.firstOrigin(segment), to);
        series.add(new ForecastSeries(segment, from, to, scan.scan(segment, from, to)));
      }
    }
    return new CalibrationFit(plan, pass -> pass.count(series.iterator())).fit();
  }

  /** The events of each series. */
  public static List<List<Event>> events(List<Segment> segments, DetectorConfig detection) {
    List<List<Event>> events = new ArrayList<>();
    try (Forecaster forecaster = detection.plan().model().open()) {
      SeriesDetection series = new SeriesDetection(detection, forecaster);
      for (Segment segment : segments) {
        events.add(
            series.score(segment, Optional.empty()).allEvents().map(EventReport::event).toList());
      }
    }
    return events;
  }

  /**
   * The surprisal of every step of each series, of all channels; 0 before the first that is scored.
   */
  public static List<double[]> surprisals(List<Segment> segments, DetectorConfig detection) {
    int channels = detection.plan().channels();
    List<double[]> surprisals = new ArrayList<>();
    try (Forecaster forecaster = detection.plan().model().open()) {
      SeriesDetection series = new SeriesDetection(detection, forecaster);
      for (Segment segment : segments) {
        ScoredSeries scored = series.score(segment, Optional.empty());
        double[] most = new double[segment.length()];
        for (int step = scored.from(); step < scored.to(); step++) {
          for (int c = 0; c < channels; c++) {
            most[step] = Math.max(most[step], scored.surprisal(c, step));
          }
        }
        surprisals.add(most);
      }
    }
    return surprisals;
  }

  /** Scores, controls and gathers events without any forecast: what the parts alone cost. */
  public static void withoutForecasts(List<Segment> segments, DetectorConfig detection) {
    SeriesDetection series = new SeriesDetection(detection);
    segments.forEach(segment -> series.score(segment, Optional.empty()));
  }

  /** Bytes of the state of one series after it was scored. */
  public static int stateBytes(Segment segment, DetectorConfig detection) {
    try (Forecaster forecaster = detection.plan().model().open()) {
      return new SeriesDetection(detection, forecaster)
          .score(segment, Optional.empty())
          .state()
          .length;
    }
  }
}

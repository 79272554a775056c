package io.longcast.anomaly;

import io.longcast.anomaly.event.Event;
import io.longcast.anomaly.event.EventReport;
import io.longcast.anomaly.score.ComponentScores;
import io.longcast.model.WindowForecaster;
import io.longcast.series.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Calibration and detection on series at hand, without an engine: for measurements. */
public final class LocalDetection {
  private static final double TIE_BREAK = 1e-6;

  private LocalDetection() {}

  /** The calibration that {@link ScoreCalibrationStage} finds on the same series. */
  public static ScoreCalibration calibrate(
      List<Segment> segments, DetectorContext plan, ToIntFunction<Segment> end) {
    List<ForecastSeries> series = new ArrayList<>();
    try (WindowForecaster forecaster = plan.model().open()) {
      ExpectationScan scan = new ExpectationScan(forecaster, plan);
      for (Segment segment : segments) {
        int to = end.applyAsInt(segment);
        int from = Math.min(plan.firstOrigin(segment), to);
        series.add(new ForecastSeries(segment, from, to, scan.scan(segment, from, to)));
      }
    }
    return new CalibrationFit(plan, pass -> pass.count(series.iterator())).fit();
  }

  /**
   * The calibration on a part of each series, without forecasts.
   *
   * @param from first step that is scored, the rows before it are learned from
   * @param end after the last
   */
  public static ScoreCalibration calibrate(
      List<Segment> segments,
      DetectorContext plan,
      ToIntFunction<Segment> from,
      ToIntFunction<Segment> end) {
    Expectations none = new Expectations(plan.channels(), 0, 0);
    List<ForecastSeries> series =
        segments.stream()
            .map(one -> new ForecastSeries(one, from.applyAsInt(one), end.applyAsInt(one), none))
            .toList();
    return new CalibrationFit(plan, pass -> pass.count(series.iterator())).fit();
  }

  /**
   * What the scores of a series make of its steps, for figures that only depend on their order.
   *
   * @param surprisals of the series, one a step
   * @param causal the same; where they end (a score beyond all that the calibration knows) ordered
   *     by the component's own scores
   * @param settled as causal, by the rows around each step
   */
  public record Ranking(double[] surprisals, double[] causal, double[] settled) {}

  /**
   * Scores a series without forecasts.
   *
   * @param learningRows at its start; their steps have no score
   */
  public static Ranking rank(Segment segment, DetectorConfig detection, int learningRows) {
    int channels = detection.plan().channels();
    ComponentScores parts = detection.scores().detector().parts(channels, learningRows);
    SeriesScorer scorer = new SeriesScorer(parts, channels);
    ScoreTables tables = ScoreTables.of(detection.scores().parts(), detection.scores().channels());
    RowReader reader = new RowReader(channels);
    Expectations none = new Expectations(channels, 0, 0);
    double[] surprisals = new double[segment.length()];
    double[] causal = new double[segment.length()];
    double[][] settled = new double[channels][segment.length()];
    for (int step = 0; step < segment.length(); step++) {
      reader.next(segment, none, step, scorer, tables);
      if (step >= learningRows) {
        surprisals[step] = scorer.surprisal();
        causal[step] = ordered(scorer.surprisal(), parts.largest());
        settle(scorer, step, learningRows, settled, causal);
      }
    }
    double[] most = new double[segment.length()];
    Arrays.setAll(
        most, step -> Arrays.stream(settled).mapToDouble(row -> row[step]).max().orElse(0));
    return new Ranking(surprisals, causal, most);
  }

  private static void settle(
      SeriesScorer scorer, int step, int from, double[][] settled, double[] causal) {
    ComponentScores parts = scorer.parts();
    for (int c = 0; c < settled.length; c++) {
      double raw = 0;
      for (int i = 0; i < parts.size(); i++) {
        boolean settles = parts.channel(i) == c && parts.settledRows(i) > 0;
        raw = settles ? Math.max(raw, parts.settled(i)) : raw;
      }
      settled[c][step] = causal[step];
      settled[c][Math.max(from, step - scorer.settledRows(c))] = ordered(scorer.settled(c), raw);
    }
  }

  /**
   * In units of a series tails end at other surprisals in each row; the raw score decides there.
   */
  private static double ordered(double surprisal, double raw) {
    return Math.min(SurprisalTable.MOST, surprisal) + TIE_BREAK * Math.log1p(raw);
  }

  /** The events of each series. */
  public static List<List<Event>> events(List<Segment> segments, DetectorConfig detection) {
    List<List<Event>> events = new ArrayList<>();
    try (WindowForecaster forecaster = detection.plan().model().open()) {
      SeriesDetection series = new SeriesDetection(detection, forecaster);
      for (Segment segment : segments) {
        events.add(
            series.score(segment, Optional.empty()).allEvents().map(EventReport::event).toList());
      }
    }
    return events;
  }

  /** Scores, controls and gathers events without any forecast: what the parts alone cost. */
  public static void withoutForecasts(List<Segment> segments, DetectorConfig detection) {
    SeriesDetection series = new SeriesDetection(detection);
    segments.forEach(segment -> series.score(segment, Optional.empty()));
  }

  /** Bytes of the state of one series after it was scored. */
  public static int stateBytes(Segment segment, DetectorConfig detection) {
    try (WindowForecaster forecaster = detection.plan().model().open()) {
      return new SeriesDetection(detection, forecaster)
          .score(segment, Optional.empty())
          .state()
          .length;
    }
  }
}

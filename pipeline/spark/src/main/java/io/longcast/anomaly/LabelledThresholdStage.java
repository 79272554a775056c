package io.longcast.anomaly;

import io.longcast.model.WindowForecaster;
import io.longcast.series.Segment;
import io.longcast.sparkinternals.rdd.Shared;
import io.longcast.sparkinternals.rdd.TaskResults;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;

/**
 * Chooses the threshold by labels: scores the series that the calibration looked at once and counts
 * their events at every candidate. Counts alone are collected, so that the choice is the same for
 * any partitioning. No shuffle. The calibration of the scores sees no label.
 */
public final class LabelledThresholdStage {
  private LabelledThresholdStage() {}

  /**
   * Chooses.
   *
   * @param labelled series with one more channel than the model knows, last: 0 for normal steps,
   *     above for anomalies, unobserved where nothing is known, which counts as normal
   * @param scores what is usual
   * @param holdout steps at the end of each series that are not looked at
   * @throws IllegalArgumentException if labels are missing or all equal, naming the keys and what
   *     to do
   */
  public static LabelledThreshold choose(
      JavaRDD<Segment> labelled, DetectorContext plan, ScoreCalibration scores, int holdout) {
    Set<String> chosen = SeriesSampleStage.ids(labelled, plan.spec().calibrationSeries());
    Shared<Scoring> shared = Shared.of(labelled.context(), new Scoring(plan, scores, holdout));
    try {
      List<SeriesTally> tallies =
          TaskResults.collect(
              labelled
                  .filter(segment -> chosen.contains(segment.seriesId()))
                  .mapPartitions(part -> tallies(part, shared.value())));
      return new LabelledThresholdFit(tallies, plan.spec().threshold().folds()).fit();
    } finally {
      shared.destroy();
    }
  }

  private record Scoring(DetectorContext plan, ScoreCalibration scores, int holdout)
      implements java.io.Serializable {}

  private static Iterator<SeriesTally> tallies(Iterator<Segment> labelled, Scoring scoring) {
    List<SeriesTally> tallies = new ArrayList<>();
    try (WindowForecaster forecaster = scoring.plan().model().open()) {
      ExpectationScan scan = new ExpectationScan(forecaster, scoring.plan());
      labelled.forEachRemaining(segment -> tallies.add(tally(segment, scan, scoring)));
    }
    return tallies.iterator();
  }

  private static SeriesTally tally(Segment labelled, ExpectationScan scan, Scoring scoring) {
    DetectorContext plan = scoring.plan();
    int channels = plan.channels();
    Segment segment = labelled.withoutChannel(channels);
    int to = Math.max(0, segment.length() - scoring.holdout());
    int from = Math.min(plan.firstOrigin(segment), to);
    SeriesScorer scorer = new SeriesScorer(plan.detector().parts(channels, from), channels);
    ScoreTables tables = ScoreTables.of(scoring.scores().parts(), scoring.scores().channels());
    Expectations expectations = scan.scan(segment, from, to);
    RowReader reader = new RowReader(channels);
    double[] surprisals = new double[to - from];
    boolean[] anomalous = new boolean[to - from];
    for (int step = 0; step < to; step++) {
      reader.next(segment, expectations, step, scorer, tables);
      if (step >= from) {
        surprisals[step - from] = scorer.surprisal();
        anomalous[step - from] =
            labelled.isObserved(channels, step) && labelled.row(channels).get(step) > 0;
      }
    }
    return SeriesTally.of(
        segment.seriesId(), surprisals, anomalous, LabelledThresholdFit.candidates(), plan.spec());
  }
}

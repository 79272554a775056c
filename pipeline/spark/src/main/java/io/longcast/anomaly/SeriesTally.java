package io.longcast.anomaly;

import io.longcast.anomaly.alarm.AlarmRateController;
import io.longcast.anomaly.alarm.AlarmRateController.Verdict;
import io.longcast.anomaly.alarm.AlarmRule;
import io.longcast.evaluate.EventCounts;
import io.longcast.evaluate.RowInterval;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The events of one series at each of many constant thresholds, compared with its labels.
 *
 * @param seriesId the series
 * @param normalSteps scored steps without a label
 * @param counts one a threshold
 */
record SeriesTally(String seriesId, long normalSteps, List<EventCounts> counts)
    implements Serializable {

  SeriesTally {
    counts = List.copyOf(counts);
  }

  /** Labelled anomalies: runs of labelled steps. */
  long anomalies() {
    return counts.get(0).labelled();
  }

  /**
   * Counts.
   *
   * @param surprisals of the scored steps
   * @param anomalous whether each of them is labelled as an anomaly
   * @param spec how steps are merged into events
   */
  static SeriesTally of(
      String seriesId,
      double[] surprisals,
      boolean[] anomalous,
      double[] thresholds,
      AnomalySpec spec) {
    List<RowInterval> labels = RowInterval.runs(anomalous);
    List<EventCounts> counts = new ArrayList<>();
    for (double threshold : thresholds) {
      AlarmRule rule = new AlarmRule(threshold, 1, spec.mergeGap(), spec.silence(), false);
      counts.add(EventCounts.of(events(surprisals, rule), labels));
    }
    long normal = IntStream.range(0, anomalous.length).filter(i -> !anomalous[i]).count();
    return new SeriesTally(seriesId, normal, counts);
  }

  private static List<RowInterval> events(double[] surprisals, AlarmRule rule) {
    AlarmRateController control = new AlarmRateController(rule);
    List<RowInterval> events = new ArrayList<>();
    for (int step = 0; step < surprisals.length; step++) {
      Verdict verdict = control.next(step, surprisals[step]);
      if (verdict == Verdict.BEGINS) {
        events.add(new RowInterval(step, step));
      } else if (verdict == Verdict.GOES_ON) {
        int last = events.size() - 1;
        events.set(last, new RowInterval(events.get(last).first(), step));
      }
    }
    return events;
  }
}

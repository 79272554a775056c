package io.longcast.benchmark;

import io.longcast.anomaly.alarm.AlarmRateController;
import io.longcast.anomaly.alarm.AlarmRateController.Verdict;
import io.longcast.anomaly.alarm.AlarmRule;
import io.longcast.evaluate.EventCounts;
import io.longcast.evaluate.NabFile;
import io.longcast.evaluate.NabProfile;
import io.longcast.evaluate.NabScorer;
import io.longcast.evaluate.PointwiseCounts;
import io.longcast.evaluate.RowInterval;
import java.util.ArrayList;
import java.util.List;

/** What the alarm budget makes of the scores of a collection, from the first row on. */
final class BudgetFigures {
  /** Rows after the start of a label within which the KPI challenge wants its alarm. */
  private static final int CHALLENGE_DELAY = 7;

  private static final double CLOSE_TO_ONE = .5;

  private final List<NabScorer.Scored> files = new ArrayList<>();
  private PointwiseCounts points = PointwiseCounts.NONE;
  private PointwiseCounts early = PointwiseCounts.NONE;
  private EventCounts events = EventCounts.NONE;
  private double normalWeeks;
  private long falseEvents;

  /**
   * Alarms of a series.
   *
   * @param surprisals one a row
   * @param rule with the threshold at the start and the budget
   * @param rowsPerWeek of the series
   */
  void add(LabelledSeries series, double[] surprisals, AlarmRule rule, double rowsPerWeek) {
    int from = series.series().learningRows();
    boolean[] flags = series.flags();
    boolean[] alarms = new boolean[flags.length];
    double[] begins = new double[flags.length];
    AlarmRateController control = new AlarmRateController(rule);
    for (int row = from; row < flags.length; row++) {
      Verdict verdict = control.next(row - from, surprisals[row]);
      alarms[row] = verdict.isAlarm();
      begins[row] = verdict == Verdict.BEGINS ? 1 : 0;
      falseEvents += verdict == Verdict.BEGINS && !flags[row] ? 1 : 0;
      normalWeeks += flags[row] ? 0 : 1 / rowsPerWeek;
    }
    List<RowInterval> judged =
        series.labels().stream().filter(label -> label.first() >= from).toList();
    points = points.plus(PointwiseCounts.of(alarms, flags, from, flags.length));
    early = early.plus(PointwiseCounts.of(filled(alarms, judged), flags, from, flags.length));
    events = events.plus(EventCounts.of(RowInterval.runs(alarms), judged));
    files.add(new NabScorer.Scored(new NabFile(flags.length, series.labels()), begins));
  }

  /** A label that is alarmed in time counts as a whole, else not at all: the challenge's rule. */
  private static boolean[] filled(boolean[] alarms, List<RowInterval> labels) {
    boolean[] filled = alarms.clone();
    for (RowInterval label : labels) {
      boolean inTime = false;
      for (int row = label.first();
          row <= Math.min(label.last(), label.first() + CHALLENGE_DELAY);
          row++) {
        inTime |= alarms[row];
      }
      java.util.Arrays.fill(filled, label.first(), label.last() + 1, inTime);
    }
    return filled;
  }

  /** Alarms a week on normal rows, over those asked for. */
  double realised(double asked) {
    return falseEvents / normalWeeks / asked;
  }

  double eventRecall() {
    return events.labelled() == 0 ? Double.NaN : (double) events.found() / events.labelled();
  }

  double eventPrecision() {
    return events.alarms() == 0 ? Double.NaN : (double) events.rightAlarms() / events.alarms();
  }

  /** Harmonic mean of the two. */
  double eventF1() {
    double sum = eventPrecision() + eventRecall();
    return 2 * eventPrecision() * eventRecall() / sum;
  }

  double pointF1() {
    return f1(points);
  }

  /** F1 of the KPI challenge, within {@value #CHALLENGE_DELAY} rows. */
  double challengeF1() {
    return f1(early);
  }

  private static double f1(PointwiseCounts counts) {
    double all = 2.0 * counts.truePositives() + counts.falsePositives() + counts.falseNegatives();
    return 2 * counts.truePositives() / all;
  }

  /** Share of the normal rows that are alarms. */
  double falseAlarmRows() {
    return (double) points.falsePositives() / (points.falsePositives() + points.trueNegatives());
  }

  /** NAB's standard score of the rows at which events begin. */
  double nabStandard() {
    return NabScorer.of(NabProfile.STANDARD).score(files, CLOSE_TO_ONE).value();
  }
}

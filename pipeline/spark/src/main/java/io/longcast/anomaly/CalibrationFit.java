package io.longcast.anomaly;

import io.longcast.anomaly.alarm.AlarmRule;
import io.longcast.anomaly.score.DetectorSpec;
import io.longcast.anomaly.score.TailModel;
import io.longcast.anomaly.score.TailState;
import java.util.List;
import java.util.function.Function;

/** Fits the layers of a {@link ScoreCalibration}, each by one pass over the values. */
final class CalibrationFit {
  private static final double OFTEN = .1;

  private final DetectorContext plan;
  private final Function<CalibrationPass, List<TailState>> count;

  /**
   * @param count makes a pass over the series and merges what it counts
   */
  CalibrationFit(DetectorContext plan, Function<CalibrationPass, List<TailState>> count) {
    this.plan = plan;
    this.count = count;
  }

  ScoreCalibration fit() {
    DetectorSpec detector = plan.detector();
    int size = detector.parts(plan.channels(), 1).size();
    List<TailModel> none = List.of();
    List<TailModel> parts = parts(pass(none, none, size + 1, CalibrationPass.ofParts()));
    List<TailModel> channels =
        tails(pass(parts, none, plan.channels(), CalibrationPass.ofChannels()));
    TailState all = count.apply(pass(parts, channels, 1, CalibrationPass.ofSeries())).get(0);
    CalibrationPass.Layer events = CalibrationPass.ofPeaks(often(all));
    TailState peaks = count.apply(pass(parts, channels, 1, events)).get(0);
    double perStep = all.count() == 0 ? 0 : peaks.count() / (double) all.count();
    return new ScoreCalibration(detector, parts, channels, TailModel.fit(peaks), perStep);
  }

  private CalibrationPass pass(
      List<TailModel> parts, List<TailModel> channels, int sizes, CalibrationPass.Layer layer) {
    return new CalibrationPass(plan.detector(), plan.channels(), parts, channels, sizes, layer);
  }

  private List<TailModel> parts(CalibrationPass pass) {
    List<TailState> states = count.apply(pass);
    long rows = states.get(states.size() - 1).count();
    return states.stream()
        .limit(states.size() - 1)
        .map(peaks -> TailModel.ofEvents(peaks, rows))
        .toList();
  }

  private List<TailModel> tails(CalibrationPass pass) {
    return count.apply(pass).stream().map(TailModel::fit).toList();
  }

  /** Events are what reaches a surprisal that one step in ten reaches. */
  private AlarmRule often(TailState all) {
    double start = all.count() == 0 ? 1 : all.quantile(1 - OFTEN);
    return new AlarmRule(start, 1, plan.spec().mergeGap(), plan.spec().silence(), false);
  }
}

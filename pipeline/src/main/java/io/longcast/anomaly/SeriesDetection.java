package io.longcast.anomaly;

import io.longcast.anomaly.alarm.AlarmControl.Verdict;
import io.longcast.anomaly.event.Event;
import io.longcast.anomaly.event.EventReport;
import io.longcast.model.Forecaster;
import io.longcast.series.Segment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Scores one series after the other: forecasts in batches, then a single pass over the steps. */
final class SeriesDetection {
  /** Steps before an event that its report looks at. */
  private static final int LOOK_BACK = 4;

  private final Detection detection;
  private final DetectPlan plan;
  private final Scan scan;
  private final ScoreTables tables;
  private final RowReader reader;

  SeriesDetection(Detection detection, Forecaster forecaster) {
    this(detection, new ExpectationScan(forecaster, detection.plan())::scan);
  }

  /** Expects nothing: for measurements of the parts alone. */
  SeriesDetection(Detection detection) {
    this(
        detection,
        (segment, from, to) -> new Expectations(detection.plan().channels(), segment.length()));
  }

  private SeriesDetection(Detection detection, Scan scan) {
    this.detection = detection;
    plan = detection.plan();
    this.scan = scan;
    tables = ScoreTables.of(detection.scores().parts(), detection.scores().channels());
    reader = new RowReader(plan.channels());
  }

  /** Where expectations come from. */
  private interface Scan {
    Expectations scan(Segment segment, int from, int to);
  }

  /**
   * Scores a series.
   *
   * @param state to go on from, as it was saved; empty to begin anew
   */
  ScoredSeries score(Segment segment, Optional<byte[]> state) {
    SeriesState series =
        state
            .map(SeriesState::fromBytes)
            .orElseGet(
                () ->
                    SeriesState.start(
                        detection.scores().detector(),
                        plan.channels(),
                        plan.firstOrigin(segment),
                        detection.rule()));
    int begin = (int) Math.min(series.taken(), segment.length());
    int from = Math.max(begin, plan.firstOrigin(segment));
    int to = segment.length();
    int told = (int) Math.max(plan.firstOrigin(segment), series.openSince(from) - LOOK_BACK);
    Expectations expectations = scan.scan(segment, Math.min(from, told), to);
    for (int step = begin; step < Math.min(from, to); step++) {
      reader.next(segment, expectations, step, series.scorer(), tables);
      series.pass();
    }
    return run(segment, expectations, Math.min(from, to), to, series);
  }

  private ScoredSeries run(
      Segment segment, Expectations expectations, int from, int to, SeriesState series) {
    int count = to - from;
    float[] surprises = new float[plan.channels() * count];
    float[] thresholds = new float[count];
    BitSet alarms = new BitSet(count);
    List<Event> events = new ArrayList<>();
    for (int step = from; step < to; step++) {
      reader.next(segment, expectations, step, series.scorer(), tables);
      for (int c = 0; c < plan.channels(); c++) {
        surprises[c * count + step - from] = (float) series.scorer().surprise(c);
      }
      double before = series.threshold();
      Verdict verdict = series.judge();
      thresholds[step - from] = (float) before;
      alarms.set(step - from, verdict.isAlarm());
      series.event(verdict).ifPresent(events::add);
    }
    series.unfinished().ifPresent(events::add);
    List<EventReport> reports =
        events.stream().map(event -> report(event, segment, expectations)).toList();
    return new ScoredSeries(
        segment, from, to, expectations, surprises, thresholds, alarms, reports, series.toBytes());
  }

  private EventReport report(Event event, Segment segment, Expectations expectations) {
    return EventReport.of(
        event,
        segment,
        new EventReport.Expected() {
          @Override
          public float value(int channel, int step) {
            return expectations.expected(channel, step);
          }

          @Override
          public float spread(int channel, int step) {
            return expectations.spread(channel, step);
          }
        },
        plan.season(),
        plan.cutter().layout().channels());
  }
}

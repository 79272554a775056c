package io.longcast.anomaly;

import io.longcast.anomaly.alarm.AlarmRateController;
import io.longcast.anomaly.alarm.AlarmRateController.Verdict;
import io.longcast.anomaly.event.EventBuilder;
import io.longcast.anomaly.event.Recovery;
import io.longcast.model.WindowForecaster;
import io.longcast.series.Segment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/** The scores of one series, computed once and judged at any budget, as detection judges them. */
public final class ScoredSteps {
  private final ScoredChunk chunk;
  private final DetectorContext plan;

  private ScoredSteps(ScoredChunk chunk, DetectorContext plan) {
    this.chunk = chunk;
    this.plan = plan;
  }

  /** Scores series from their first step. */
  public static List<ScoredSteps> of(List<Segment> segments, DetectorConfig detection) {
    ChunkCutter cutter = new ChunkCutter(detection);
    List<ScoredSteps> all = new ArrayList<>();
    try (WindowForecaster forecaster = detection.plan().model().open()) {
      SeriesDetection series = new SeriesDetection(detection, forecaster);
      for (Segment segment : segments) {
        ScoredChunk chunk = series.score(cutter.whole(segment, Optional.empty()));
        all.add(new ScoredSteps(chunk, detection.plan()));
      }
    }
    return all;
  }

  /** First step with a score. */
  public int from() {
    return (int) chunk.from();
  }

  /**
   * The steps at which events begin.
   *
   * @param detection whose rule decides
   * @param counts steps that alarm control sees; others are passed over
   */
  public BitSet begins(DetectorConfig detection, IntPredicate counts) {
    Segment segment = chunk.segment();
    int channels = plan.channels();
    StepScores scores = chunk.scores(segment.seriesStep(), channels);
    AlarmRateController control = new AlarmRateController(detection.rule(segment.seriesId()));
    EventBuilder events = new EventBuilder(channels);
    Recovery recovery =
        new Recovery(segment, chunk.expectations().forReports(), plan.season(), channels);
    BitSet begins = new BitSet();
    for (int step = from(); step < segment.length(); step++) {
      if (counts.test(step)) {
        int at = step;
        scores.next(step);
        Verdict verdict =
            control.next(
                step,
                scores.surprisal(),
                () -> recovery.isBack(at, events.start(), scores, control.threshold(), events));
        events.next(step, verdict, scores);
        begins.set(step, verdict == Verdict.BEGINS);
      }
    }
    return begins;
  }
}

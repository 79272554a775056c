package io.longcast.anomaly;

import io.longcast.anomaly.alarm.AlarmRateController.Verdict;
import io.longcast.anomaly.event.Event;
import io.longcast.anomaly.event.EventBuilder;
import io.longcast.anomaly.event.EventReport;
import io.longcast.anomaly.event.Recovery;
import io.longcast.series.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The sequential part of detection: alarm control, events and their reports along the scores of one
 * series, whole or chunk by chunk. Between chunks it keeps the rows that the report of an event
 * looks back on, and those of an event that is open.
 */
final class AlarmWalk {
  private final DetectorConfig detection;
  private final DetectorContext plan;
  private final SeriesState series;
  private StepResults earlier;

  /** Steps that were walked but not told of yet, because their settled scores may be open. */
  private int withheld;

  private Segment kept;
  private Expectations expected;

  /**
   * @param series its state before the first step
   * @param earlier results of the last steps before, in steps of the first segment
   */
  AlarmWalk(DetectorConfig detection, SeriesState series, StepResults earlier) {
    this.detection = detection;
    plan = detection.plan();
    this.series = series;
    this.earlier = earlier;
  }

  /** Walks a series from a step of its segment to the end. */
  ScoredSeries whole(
      Segment segment, int from, int to, Expectations expectations, StepScores scores) {
    Walked walked = walk(segment, from, to, expectations, scores);
    return walked.last(series);
  }

  /** Walks the next chunk of a series. */
  ScoredSeries next(ScoredChunk chunk) {
    Segment segment = chunk.segment();
    Expectations expectations = chunk.expectations();
    if (kept != null) {
      expectations = expected.followedBy(kept.length(), expectations, segment.length());
      segment = kept.followedBy(segment);
    }
    int to = segment.length();
    StepScores scores = chunk.scores(segment.seriesStep(), plan.channels());
    int from = (int) (chunk.from() - segment.seriesStep());
    Walked walked = walk(segment, from, to, expectations, scores);
    walked.tellFrom(from - withheld);
    if (chunk.isLast()) {
      return walked.last(series.withScores(chunk.state()));
    }
    walked.tellUntil(to - StepResults.LATEST);
    withheld = to - walked.told;
    keep(segment, expectations, walked.results);
    return walked.result(Optional.empty(), new byte[0]);
  }

  private void keep(Segment segment, Expectations expectations, StepResults results) {
    int to = segment.length();
    long open = series.openSince(segment.seriesStep() + to) - segment.seriesStep();
    int first = (int) Math.max(0, open - plan.history());
    kept = segment.slice(first, to, to, first, to);
    expected = expectations.slice(first, to);
    earlier = results.last(to).from(first);
  }

  private Walked walk(
      Segment segment, int from, int to, Expectations expectations, StepScores scores) {
    RuledScores ruled =
        new RuledScores(
            scores,
            detection.rules().of(segment),
            expectations,
            detection.verdicts().offsets(segment.seriesId(), plan.channels()),
            detection.suppressors().size(),
            plan.spec().mergeGap());
    Walked walked = new Walked(segment, from, to, expectations, ruled);
    for (int step = from; step < to; step++) {
      ruled.next(step);
      double before = series.threshold();
      ruled.rule(step, before);
      int at = step;
      Verdict verdict = series.judge(ruled.surprisal(), () -> walked.isBack(at, ruled));
      walked.results.take(step, scores, before, c -> verdict.isAlarm() && ruled.reaches(c, before));
      series.event(verdict, ruled).ifPresent(walked.events::add);
    }
    return walked;
  }

  /** What is known of the steps walked. */
  private final class Walked {
    private final Segment segment;
    private int from;
    private int told;
    private final Expectations expectations;
    private final StepResults results;
    private final List<Event> events = new ArrayList<>();
    private final Recovery recovery;
    private final RuledScores ruled;

    Walked(Segment segment, int from, int to, Expectations expectations, RuledScores ruled) {
      this.segment = segment;
      this.from = from;
      told = to;
      this.expectations = expectations;
      results = earlier.isEmpty() ? new StepResults(plan.channels(), from, to) : earlier.until(to);
      this.ruled = ruled;
      recovery = new Recovery(segment, expectations.forReports(), plan.season(), plan.channels());
    }

    boolean isBack(int step, StepScores scores) {
      EventBuilder event = series.lastEvent();
      long start = event.start() - segment.seriesStep();
      return recovery.isBack(step, start, scores, series.threshold(), event);
    }

    void tellFrom(int step) {
      from = step;
    }

    void tellUntil(int step) {
      told = Math.max(from, step);
    }

    /** With the event that is open at the end, and all that a later run goes on from. */
    ScoredSeries last(SeriesState state) {
      SavedSeries saved = SavedSeries.of(state, segment, expectations, results, plan);
      return result(state.unfinished(), saved.toBytes());
    }

    ScoredSeries result(Optional<Event> open, byte[] state) {
      return new ScoredSeries(
          segment,
          from,
          told,
          expectations,
          results,
          events.stream().map(this::report).toList(),
          open.map(this::report).orElse(null),
          ruled.suppressed(),
          ruled.offsets(),
          state);
    }

    private EventReport report(Event event) {
      return ofSegment(event.from(segment.seriesStep()));
    }

    private EventReport ofSegment(Event event) {
      return EventReport.of(
          event,
          segment,
          expectations.forReports(),
          plan.season(),
          plan.cutter().layout().channels());
    }
  }
}

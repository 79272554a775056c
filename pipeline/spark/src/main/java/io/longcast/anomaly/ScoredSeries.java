package io.longcast.anomaly;

import io.longcast.anomaly.event.EventReport;
import io.longcast.series.Segment;
import java.io.Serializable;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One series with its scores, or a chunk of one.
 *
 * @param segment the series; of a chunk its rows, and those before that its events look back on
 * @param from first scored step
 * @param to end of the scored steps
 * @param expectations of the forecaster
 * @param surprisals {@code [channels, to - from]}
 * @param thresholds of the surprisal, one a scored step
 * @param alarms {@code [channels, to - from]}: whether the step reaches its threshold and belongs
 *     to an event, and no rule suppresses the channel
 * @param events closed, in steps of the segment
 * @param open the event that is still open at the end of the series; null without one
 * @param suppressed alarms by rule
 * @param state to resume from; empty for a chunk that is not the last of its series
 */
record ScoredSeries(
    Segment segment,
    int from,
    int to,
    Expectations expectations,
    float[] surprisals,
    float[] thresholds,
    BitSet alarms,
    List<EventReport> events,
    EventReport open,
    long[] suppressed,
    byte[] state)
    implements Serializable {

  /** Whether the series ends here. */
  boolean isLast() {
    return state.length > 0;
  }

  /** All events, closed or open. */
  Stream<EventReport> allEvents() {
    return Stream.concat(events.stream(), Stream.ofNullable(open));
  }

  /** Scored steps with an observed value. */
  long observedSteps(int channels) {
    return IntStream.range(from, to)
        .filter(step -> IntStream.range(0, channels).anyMatch(c -> segment.isObserved(c, step)))
        .count();
  }

  double surprisal(int channel, int step) {
    return surprisals[channel * (to - from) + step - from];
  }

  double threshold(int step) {
    return thresholds[step - from];
  }

  /** Whether a channel takes part in the alarm of a step. */
  boolean isAnomaly(int channel, int step) {
    return alarms.get(channel * (to - from) + step - from)
        && (float) surprisal(channel, step) >= (float) threshold(step);
  }

  /** Share of a channel in the surprisal of its series, squared as in a distance. */
  double contribution(int channel, int step, int channels) {
    double total = 0;
    for (int c = 0; c < channels; c++) {
      total += surprisal(c, step) * surprisal(c, step);
    }
    return total > 0 ? surprisal(channel, step) * surprisal(channel, step) / total : 0;
  }
}

package io.longcast.anomaly;

import io.longcast.anomaly.event.EventReport;
import io.longcast.series.Segment;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One series with its scores, or a chunk of one.
 *
 * @param segment the series; of a chunk its rows, and those before that its events look back on
 * @param from first scored step that is told of
 * @param to end of the scored steps that are told of; those of a chunk that follow come with the
 *     next chunk
 * @param expectations of the forecaster
 * @param results of the scored steps, and of the last ones before whose settled scores were open
 * @param events closed, in steps of the segment
 * @param open the event that is still open at the end of the series; null without one
 * @param suppressed alarms by rule
 * @param offsets what the surprisal of each channel had to exceed the threshold of the series by
 * @param state to resume from; empty for a chunk that is not the last of its series
 */
record ScoredSeries(
    Segment segment,
    int from,
    int to,
    Expectations expectations,
    StepResults results,
    List<EventReport> events,
    EventReport open,
    long[] suppressed,
    double[] offsets,
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
    return results.surprisal(channel, step);
  }

  double threshold(int channel, int step) {
    return results.threshold(step) + offsets[channel];
  }

  /** Whether a channel takes part in the alarm of a step. */
  boolean isAnomaly(int channel, int step) {
    return results.isAlarm(channel, step);
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

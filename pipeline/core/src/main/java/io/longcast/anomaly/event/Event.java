package io.longcast.anomaly.event;

import io.longcast.anomaly.score.ComponentSpec;
import java.io.Serializable;
import java.util.List;

/**
 * A run of anomalous steps of one series, as the scores saw it.
 *
 * @param start first anomalous step, in steps of the series
 * @param end after the last anomalous step
 * @param known steps of the series that had been seen when the event was closed
 * @param peak largest surprisal
 * @param peakStep where it was reached
 * @param channels that contribute, the largest contribution first
 * @param share of the first channel in the event, in [0, 1]
 * @param part that saw the peak in the first channel; null for a distance of all channels
 * @param usualError mean absolute residual of the first channel when the event began
 */
public record Event(
    long start,
    long end,
    long known,
    double peak,
    long peakStep,
    List<Integer> channels,
    double share,
    ComponentSpec.Kind part,
    double usualError)
    implements Serializable {

  public Event {
    channels = List.copyOf(channels);
  }

  /** The same event counted from another step of its series. */
  public Event from(long step) {
    return new Event(
        start - step,
        end - step,
        known - step,
        peak,
        peakStep - step,
        channels,
        share,
        part,
        usualError);
  }

  /** The part of the event from a step on, of which the peak may lie before it. */
  Event since(long step) {
    return start >= step
        ? this
        : new Event(
            step,
            Math.max(end, step + 1),
            known,
            peak,
            peakStep,
            channels,
            share,
            part,
            usualError);
  }

  /** The channel with the largest contribution. */
  public int channel() {
    return channels.get(0);
  }
}

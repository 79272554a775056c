package io.longcast.evaluate;

import java.io.Serializable;
import java.util.List;

/**
 * Events found and how late; mergeable by adding. A labelled event is found by the first alarm
 * event that begins inside it (or covers its start); the delay is counted in rows from the label's
 * first row, never below 0.
 *
 * @param labelled labelled events
 * @param found those with an alarm event
 * @param alarms alarm events
 * @param rightAlarms those that overlap a label
 * @param delay sum of the delays of the events found, in rows
 */
public record EventCounts(long labelled, long found, long alarms, long rightAlarms, long delay)
    implements Serializable {

  /** Nothing counted yet. */
  public static final EventCounts NONE = new EventCounts(0, 0, 0, 0, 0);

  /** The counts of one series. */
  public static EventCounts of(List<RowInterval> alarms, List<RowInterval> labels) {
    long found = 0;
    long delay = 0;
    for (RowInterval label : labels) {
      int first = Integer.MAX_VALUE;
      for (RowInterval alarm : alarms) {
        if (alarm.overlaps(label)) {
          first = Math.min(first, Math.max(alarm.first(), label.first()));
        }
      }
      if (first < Integer.MAX_VALUE) {
        found++;
        delay += first - label.first();
      }
    }
    long right = alarms.stream().filter(a -> labels.stream().anyMatch(a::overlaps)).count();
    return new EventCounts(labels.size(), found, alarms.size(), right, delay);
  }

  /** The sum of two counts. */
  public EventCounts plus(EventCounts other) {
    return new EventCounts(
        labelled + other.labelled,
        found + other.found,
        alarms + other.alarms,
        rightAlarms + other.rightAlarms,
        delay + other.delay);
  }

  /** {@code event_precision}, {@code event_recall}, {@code event_delay} (mean, rows). */
  public List<Metric> metrics() {
    return List.of(
        Metric.mean("event_precision", rightAlarms, alarms),
        Metric.mean("event_recall", found, labelled),
        Metric.mean("event_delay", delay, found));
  }
}

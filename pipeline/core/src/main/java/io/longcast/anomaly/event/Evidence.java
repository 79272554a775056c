package io.longcast.anomaly.event;

import java.util.List;
import java.util.Locale;

/** Puts an event into words and numbers. */
final class Evidence {
  private Evidence() {}

  /**
   * Such as {@code temperature: expected 41.2 ± 1.3, saw 57.9; 12 times the usual error;
   * temperature carries 71 %}.
   *
   * @param event its peak is told of unless it lies before the event's start, as of a part of one
   */
  static String of(Event event, EventKind kind, Course course, List<String> channels) {
    String name = channels.get(event.channel());
    return name
        + ": "
        + what(event, kind, course)
        + "; "
        + name
        + String.format(Locale.ROOT, " carries %.0f %%", 100 * event.share());
  }

  private static String what(Event event, EventKind kind, Course course) {
    int peak = (int) event.peakStep();
    if (peak < event.start()) {
      return kind == EventKind.MISSING
          ? "no value at %d of the last %d steps"
              .formatted(missing(event, course), event.end() - event.start())
          : "unusual for more than %d steps".formatted(event.end() - event.start());
    }
    double spread = course.forecast().spread(event.channel(), peak);
    double expected = course.expected(peak);
    String range =
        Double.isNaN(expected) ? "no forecast" : "expected " + number(expected) + around(spread);
    return switch (kind) {
      case MISSING -> range + ", no value at " + missing(event, course) + " steps";
      case STUCK -> range + ", unmoved at " + number(course.values().get(peak));
      default ->
          range + ", saw " + number(course.values().get(peak)) + times(event, course, expected);
    };
  }

  private static String around(double spread) {
    return spread > 0 ? " ± " + number(spread) : "";
  }

  private static String times(Event event, Course course, double expected) {
    double off = Math.abs(course.values().get((int) event.peakStep()) - expected);
    if (Double.isNaN(off) || !(event.usualError() > 0)) {
      return "";
    }
    return "; " + number(off / event.usualError()) + " times the usual error";
  }

  private static int missing(Event event, Course course) {
    int missing = 0;
    for (int step = (int) event.start(); step < event.end(); step++) {
      missing += course.isObserved(step) ? 0 : 1;
    }
    return missing;
  }

  /** Three significant digits without an exponent where that is readable. */
  static String number(double value) {
    double size = Math.abs(value);
    if (size != 0 && (size < 1e-3 || size >= 1e6)) {
      return String.format(Locale.ROOT, "%.2e", value);
    }
    int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}

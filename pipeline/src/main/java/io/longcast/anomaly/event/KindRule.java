package io.longcast.anomaly.event;

import io.longcast.anomaly.score.PartSpec;

/**
 * Names an event by the course of its first channel up to the moment it was closed. Deviations are
 * judged in multiples of the usual error.
 */
final class KindRule {
  private static final double FAR = 4;
  private static final int SHORT = 2;
  private static final int STILL = 4;
  private static final double ONE_SIDED = .8;
  private static final double JUMP = .5;
  private static final int BEFORE = 3;

  private KindRule() {}

  static EventKind of(Event event, Course course) {
    int from = (int) event.start();
    int to = (int) Math.min(event.known(), course.values().length);
    if (event.part() == PartSpec.Kind.MISSING || unobserved(course, from, (int) event.end()) > .5) {
      return EventKind.MISSING;
    }
    if (event.part() == PartSpec.Kind.STUCK || still(course, from, to) >= STILL) {
      return EventKind.STUCK;
    }
    return ofDeviations(event, course, from, to);
  }

  private static EventKind ofDeviations(Event event, Course course, int from, int to) {
    double far = FAR * Math.max(event.usualError(), Double.MIN_NORMAL);
    int count = 0;
    int sign = 0;
    double most = 0;
    for (int step = from; step < to; step++) {
      double off = course.deviation(step, from);
      if (Math.abs(off) > far) {
        count++;
        sign += off > 0 ? 1 : -1;
        most = Math.max(most, Math.abs(off));
      }
    }
    if (count == 0) {
      return ofPart(event);
    }
    if (count <= SHORT) {
      return EventKind.SPIKE;
    }
    if (Math.abs(sign) < ONE_SIDED * count) {
      return EventKind.VARIANCE;
    }
    return jump(course, from) >= JUMP * most ? EventKind.SHIFT : EventKind.DRIFT;
  }

  /** Where no single value is far off, the part that saw the event says what it saw. */
  private static EventKind ofPart(Event event) {
    PartSpec.Kind part = event.part() == null ? PartSpec.Kind.SHAPE : event.part();
    return switch (part) {
      case CHANGE, COMPRESSED_CHANGE, STANDARDISED_RESIDUAL, RESIDUAL, EXTREME ->
          EventKind.VARIANCE;
      case LEVEL, PROFILE -> EventKind.DRIFT;
      default -> EventKind.SHAPE;
    };
  }

  /** How far the deviation moved from the steps just before an event into its first step. */
  private static double jump(Course course, int from) {
    double before = 0;
    int count = 0;
    for (int step = Math.max(0, from - BEFORE); step < from; step++) {
      double off = course.deviation(step, from);
      if (!Double.isNaN(off)) {
        before += off;
        count++;
      }
    }
    double first = course.deviation(from, from);
    return Math.abs((Double.isNaN(first) ? 0 : first) - (count == 0 ? 0 : before / count));
  }

  private static double unobserved(Course course, int from, int to) {
    int missing = 0;
    for (int step = from; step < to; step++) {
      missing += course.observed()[step] ? 0 : 1;
    }
    return missing / (double) Math.max(1, to - from);
  }

  /** Longest run of equal observed values that touches the steps of an event. */
  private static int still(Course course, int from, int to) {
    int longest = 1;
    int run = 1;
    for (int step = Math.max(1, from - STILL); step < to; step++) {
      boolean same = course.observed()[step] && course.values()[step] == course.values()[step - 1];
      run = same ? run + 1 : 1;
      longest = step >= from ? Math.max(longest, run) : longest;
    }
    return longest;
  }
}

package io.longcast.anomaly.event;

import io.longcast.anomaly.score.ComponentSpec;
import java.util.Arrays;

/**
 * Names an event by the course of its first channel up to the moment it was closed. Deviations from
 * the same phase of earlier seasons are measured in multiples of the typical error. One or two far
 * off among ordinary ones are a spike; deviations of either sign are variance; of one sign they are
 * a shift or a drift, whichever of a step and a ramp, begun at any moment since a little before the
 * event, explains more of them.
 */
final class KindRule {
  private static final double FAR = 4;
  private static final int SHORT = 2;
  private static final int STILL = 4;
  private static final double ONE_SIDED = .6;
  private static final double QUIET = .35;
  static final int BEFORE = 72;
  private static final int LONGEST = 1000;

  private KindRule() {}

  static EventKind of(Event event, Course course) {
    int from = (int) event.start();
    int to = (int) Math.min(event.known(), course.values().length());
    if (event.part() == ComponentSpec.Kind.MISSING
        || unobserved(course, from, (int) event.end()) > .5) {
      return EventKind.MISSING;
    }
    if (event.part() == ComponentSpec.Kind.STUCK || still(course, from, to) >= STILL) {
      return EventKind.STUCK;
    }
    return ofDeviations(event, course, from, Math.min(to, from + LONGEST));
  }

  private static EventKind ofDeviations(Event event, Course course, int from, int to) {
    int origin = Math.max(0, from - BEFORE);
    double[] off = new double[to - origin];
    for (int step = origin; step < to; step++) {
      off[step - origin] = course.deviation(step, origin);
    }
    Deviations own = Deviations.of(off, from - origin, FAR * event.usualError());
    if (own.mean() < event.usualError() && own.far() == 0) {
      return ofPart(event);
    }
    if (isSpike(event, course, from, to)) {
      return EventKind.SPIKE;
    }
    if (Math.abs(own.signed()) < ONE_SIDED * own.mean()) {
      return EventKind.VARIANCE;
    }
    return isRamp(off, last(off, own)) ? EventKind.DRIFT : EventKind.SHIFT;
  }

  /** By the forecast, which is back at once behind a spike but not behind a shift. */
  private static boolean isSpike(Event event, Course course, int from, int to) {
    double[] residuals = new double[to - from];
    for (int step = from; step < to; step++) {
      residuals[step - from] = course.residual(step);
    }
    Deviations own = Deviations.of(residuals, 0, FAR * event.usualError());
    return own.far() > 0 && own.far() <= SHORT && own.rest() < QUIET * own.most();
  }

  /**
   * Deviations of an event.
   *
   * @param far how many are far off
   * @param most the largest, its size
   * @param signed their mean
   * @param mean of their sizes
   * @param rest the mean of the sizes of those that are not far off
   */
  private record Deviations(int far, double most, double signed, double mean, double rest) {
    static Deviations of(double[] off, int from, double limit) {
      double[] own =
          Arrays.stream(off, from, off.length).filter(each -> !Double.isNaN(each)).toArray();
      double[] near = Arrays.stream(own).filter(each -> Math.abs(each) <= limit).toArray();
      return new Deviations(
          own.length - near.length,
          Arrays.stream(own).map(Math::abs).max().orElse(0),
          Arrays.stream(own).average().orElse(0),
          Arrays.stream(own).map(Math::abs).average().orElse(0),
          Arrays.stream(near).map(Math::abs).average().orElse(0));
    }
  }

  /** End of what is off to the side of the event: scores look back, so events outlast faults. */
  private static int last(double[] off, Deviations own) {
    int end = off.length;
    while (end > 1 && !(off[end - 1] * Math.signum(own.signed()) >= own.mean())) {
      end--;
    }
    return end;
  }

  /** Whether the best ramp to the end explains more of the squares than the best step. */
  private static boolean isRamp(double[] off, int end) {
    double sum = 0;
    double rising = 0;
    double ramp = 0;
    double ramps = 0;
    double byStep = 0;
    double byRamp = 0;
    int count = 0;
    for (int at = end - 1; at >= 0; at--) {
      int one = Double.isNaN(off[at]) ? 0 : 1;
      ramps += 2 * ramp + count + one;
      ramp += count + one;
      count += one;
      sum += one == 0 ? 0 : off[at];
      rising += sum;
      byStep = Math.max(byStep, sum * sum / Math.max(1, count));
      byRamp = Math.max(byRamp, rising * rising / Math.max(1, ramps));
    }
    return byRamp > byStep;
  }

  /** Where no single value deviates far, the component with the largest score decides. */
  private static EventKind ofPart(Event event) {
    ComponentSpec.Kind part = event.part() == null ? ComponentSpec.Kind.SHAPE : event.part();
    return switch (part) {
      case CHANGE, COMPRESSED_CHANGE, STANDARDISED_RESIDUAL, RESIDUAL, EXTREME ->
          EventKind.VARIANCE;
      case LEVEL, PROFILE -> EventKind.DRIFT;
      default -> EventKind.SHAPE;
    };
  }

  private static double unobserved(Course course, int from, int to) {
    int missing = 0;
    for (int step = from; step < to; step++) {
      missing += course.isObserved(step) ? 0 : 1;
    }
    return missing / (double) Math.max(1, to - from);
  }

  /** Longest run of equal observed values that touches the steps of an event. */
  private static int still(Course course, int from, int to) {
    int longest = 1;
    int run = 1;
    for (int step = Math.max(1, from - STILL); step < to; step++) {
      boolean same =
          course.isObserved(step) && course.values().get(step) == course.values().get(step - 1);
      run = same ? run + 1 : 1;
      longest = step >= from ? Math.max(longest, run) : longest;
    }
    return longest;
  }
}

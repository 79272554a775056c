package io.longcast.anomaly.event;

import io.longcast.anomaly.score.ComponentSpec;
import io.longcast.series.Segment;
import java.util.Arrays;

/**
 * Whether the values of a series are back within what was expected before an event: near the
 * typical value of their phase in the seasons before it (or near the forecast, where there are not
 * two such seasons), by how far the steps before the event lay from theirs. Scores and forecasts
 * are not asked, because they remember the event.
 */
public final class Recovery {
  private static final double LIMIT = 3 * 1.4826;
  private static final double USUAL_ERRORS = 3;

  private final Course[] courses;
  private final double[] limits;
  private long limitsOf = Long.MIN_VALUE;

  /**
   * @param segment the series, with the steps that {@link EventReport#lookBack} asks for
   * @param expected by the forecaster
   * @param season steps of a season, 1 for none
   * @param channels of the series
   */
  public Recovery(Segment segment, EventReport.Expected expected, int season, int channels) {
    courses = new Course[channels];
    Arrays.setAll(courses, channel -> new Course(segment, channel, expected, season));
    limits = new double[channels];
  }

  /**
   * Looks at the channels whose surprisal is high.
   *
   * @param step of the segment
   * @param start of the event that began last, as a step of the segment
   * @param scores of the step
   * @param threshold from which a surprisal is high
   * @param usual mean absolute residuals when that event began
   */
  public boolean isBack(
      int step, long start, EventBuilder.View scores, double threshold, EventBuilder usual) {
    if (step <= start || step - start >= EventReport.LONGEST) {
      return false;
    }
    measure((int) start, usual);
    for (int c = 0; c < courses.length; c++) {
      if (scores.surprisal(c) >= threshold && !isBack(c, step, (int) start, scores.part(c))) {
        return false;
      }
    }
    return true;
  }

  /** A missing or stuck value is what the event is, wherever it lies. */
  private boolean isBack(int channel, int step, int start, ComponentSpec.Kind part) {
    boolean present = part == ComponentSpec.Kind.MISSING || part == ComponentSpec.Kind.STUCK;
    return !present && Math.abs(courses[channel].deviation(step, start)) <= limits[channel];
  }

  private void measure(int start, EventBuilder usual) {
    if (limitsOf == start) {
      return;
    }
    int origin = Math.max(0, start - KindRule.BEFORE);
    double[] off = new double[start - origin];
    for (int c = 0; c < courses.length; c++) {
      int found = 0;
      for (int step = origin; step < start; step++) {
        double deviation = Math.abs(courses[c].deviation(step, origin));
        if (!Double.isNaN(deviation)) {
          off[found++] = deviation;
        }
      }
      Arrays.sort(off, 0, found);
      double typical = found == 0 ? 0 : LIMIT * off[found / 2];
      limits[c] = Math.max(typical, USUAL_ERRORS * usual.usualError(c));
    }
    limitsOf = start;
  }
}

package io.longcast.anomaly.event;

import io.longcast.series.Segment;
import io.longcast.series.TimeAxis;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * An event as it is reported: with its kind, the numbers behind it and the most similar window of
 * the past.
 *
 * @param event what the scores saw
 * @param kind what it looks like
 * @param evidence as text with numbers
 * @param similar series, start and correlation of the most similar window; null where the past is
 *     too short
 */
public record EventReport(Event event, EventKind kind, String evidence, String similar)
    implements Serializable {

  /** Steps of an event that its report looks at: of a longer one, the last ones. */
  public static final int LONGEST = 2000;

  /** Steps before them whose forecasts it looks at. */
  public static final int EXPECTED_BACK = KindRule.BEFORE;

  /** What a forecaster expected of a channel. */
  public interface Expected {
    /** Expected value, not a number without a forecast. */
    double value(int channel, int step);

    /** Predicted standard deviation. */
    float spread(int channel, int step);
  }

  /**
   * Reports an event.
   *
   * @param segment the series
   * @param season steps of a season, 1 for none
   * @param names of the channels
   */
  public static EventReport of(
      Event event, Segment segment, Expected expected, int season, List<String> names) {
    int channel = event.channel();
    Course course = new Course(segment, channel, expected, season);
    Event seen = event.since(event.known() - LONGEST);
    EventKind kind = KindRule.of(seen, course);
    return new EventReport(
        event,
        kind,
        Evidence.of(seen, kind, course, names),
        SimilarWindow.of(course.values(), (int) seen.start(), (int) seen.end(), (int) seen.known())
            .map(window -> words(segment, window))
            .orElse(null));
  }

  /**
   * Steps before an event that its report looks at.
   *
   * @param season steps of a season, 1 for none
   */
  public static int lookBack(int season) {
    return Math.max(
        SimilarWindow.BACK + 2 * SimilarWindow.MOST, KindRule.BEFORE + Course.SEASONS * season);
  }

  private static String words(Segment segment, SimilarWindow window) {
    TimeAxis axis = segment.axis();
    String start =
        axis.instant(window.start())
            .map(Instant::toString)
            .or(() -> axis.row(window.start()).map(row -> "row " + row))
            .orElse("step " + window.start());
    return String.format(
        Locale.ROOT,
        "%s %s, %d steps, correlation %.2f",
        segment.seriesId(),
        start,
        window.length(),
        window.correlation());
  }
}

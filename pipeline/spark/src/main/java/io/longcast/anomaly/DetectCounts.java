package io.longcast.anomaly;

import io.longcast.clean.SegmentJoin;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a detection did. A row is a step of a series with an observed value.
 *
 * @param rows scored
 * @param series with such rows
 * @param events that were closed or are open
 * @param open of them
 * @param learning series whose warm-up is not over
 * @param known series of which all steps were known already
 * @param late steps that came after their successors were scored
 * @param lateSeries series with such steps
 * @param gaps series with missing steps between those known and those new
 * @param longestGap of them, in steps
 * @param offGrid series whose steps lie on another grid than those known
 * @param tooFar series whose new steps lie too far after those known
 * @param suppressed alarms by the name of what suppressed them: a rule of operators, or verdicts
 */
public record DetectCounts(
    long rows,
    long series,
    long events,
    long open,
    long learning,
    long known,
    long late,
    long lateSeries,
    long gaps,
    long longestGap,
    long offGrid,
    long tooFar,
    Map<String, Long> suppressed)
    implements Serializable {

  static final DetectCounts NONE = new DetectCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of());

  public DetectCounts {
    suppressed = Map.copyOf(suppressed);
  }

  /**
   * @param rules names of what suppresses alarms
   */
  static DetectCounts of(ScoredSeries series, int channels, List<String> rules) {
    Map<String, Long> suppressed = new HashMap<>();
    for (int i = 0; i < rules.size(); i++) {
      if (series.suppressed()[i] > 0) {
        suppressed.put(rules.get(i), series.suppressed()[i]);
      }
    }
    long rows = series.observedSteps(channels);
    boolean learns = series.isLast() && series.from() == series.to();
    int open = series.open() == null ? 0 : 1;
    return new DetectCounts(
        rows,
        rows > 0 ? 1 : 0,
        series.events().size() + open,
        open,
        learns ? 1 : 0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        suppressed);
  }

  static DetectCounts of(SegmentJoin.Joined joined) {
    int late = joined.late().size();
    boolean gap = joined.kind() == SegmentJoin.Kind.GAP;
    return new DetectCounts(
        0,
        0,
        0,
        0,
        0,
        is(joined, SegmentJoin.Kind.NOTHING_NEW),
        late,
        late > 0 ? 1 : 0,
        gap ? 1 : 0,
        gap ? joined.gap() : 0,
        is(joined, SegmentJoin.Kind.OFF_GRID),
        is(joined, SegmentJoin.Kind.TOO_FAR),
        Map.of());
  }

  private static long is(SegmentJoin.Joined joined, SegmentJoin.Kind kind) {
    return joined.kind() == kind ? 1 : 0;
  }

  DetectCounts plus(DetectCounts other) {
    Map<String, Long> both = new HashMap<>(suppressed);
    other.suppressed.forEach((rule, count) -> both.merge(rule, count, Long::sum));
    return new DetectCounts(
        rows + other.rows,
        series + other.series,
        events + other.events,
        open + other.open,
        learning + other.learning,
        known + other.known,
        late + other.late,
        lateSeries + other.lateSeries,
        gaps + other.gaps,
        Math.max(longestGap, other.longestGap),
        offGrid + other.offGrid,
        tooFar + other.tooFar,
        both);
  }

  /** In words, such as {@code scored 144 new rows of 6 series; 2 events (1 open)}. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "scored %,d new rows of %,d series; %,d events (%,d open)"
            .formatted(rows, series, events, open));
    add(lines, learning, "%,d series are in their warm-up and not yet scored (anomaly.warmUp)");
    add(lines, known, "%,d series have no new rows (anomaly.resume = false scores them anew)");
    if (late > 0) {
      lines.add(
          "%,d late rows of %,d series, older than what was scored: listed in the table rejects"
              .formatted(late, lateSeries));
    }
    if (gaps > 0) {
      lines.add(
          "%,d series have missing steps before their new rows, at most %,d; clean.gaps says what"
                  .formatted(gaps, longestGap)
              + " stands in for them");
    }
    add(
        lines,
        offGrid,
        "%,d series were not scored: their steps lie on another grid than those scored before (set"
            + " clean.anchor = calendar, or anomaly.resume = false)");
    add(
        lines,
        tooFar,
        "%,d series were not scored: more steps would be missing than clean.maxSteps allows (wrong"
            + " clock? anomaly.resume = false starts anew)");
    new TreeMap<>(suppressed)
        .forEach(
            (rule, count) ->
                lines.add("%,d alarms suppressed by %s".formatted(count, suppressor(rule))));
    return lines;
  }

  private static String suppressor(String name) {
    return name.equals(Verdicts.SUPPRESSED) ? name : "rule " + name;
  }

  private static void add(List<String> lines, long count, String words) {
    if (count > 0) {
      lines.add(words.formatted(count));
    }
  }
}

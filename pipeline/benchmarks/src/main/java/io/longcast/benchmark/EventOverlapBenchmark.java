package io.longcast.benchmark;

import io.longcast.anomaly.AnomalySpec;
import io.longcast.anomaly.DetectorConfig;
import io.longcast.anomaly.DetectorContext;
import io.longcast.anomaly.LocalDetection;
import io.longcast.anomaly.ScoreCalibration;
import io.longcast.anomaly.event.Event;
import io.longcast.evaluate.RowInterval;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How well found events cover labelled ones: what is usual is found on the first half of each
 * series, events of the second half are compared with its labels. Expectations come from the
 * seasonal naive forecaster, so that nothing is trained.
 */
public final class EventOverlapBenchmark {
  private static final double SECONDS_A_WEEK = 7 * 86_400;

  private final AnomalySpec spec;

  /**
   * @param spec parts, budget and merging
   */
  public EventOverlapBenchmark(AnomalySpec spec) {
    this.spec = spec;
  }

  /**
   * What was found on data of one kind.
   *
   * @param line for the terminal, under {@link #heading}
   * @param figures by name
   */
  public record Row(String line, Map<String, Double> figures) {}

  /** The heading over the lines. */
  public static String heading() {
    return String.format(
        Locale.ROOT,
        "%-12s %8s %8s %8s %8s %10s %10s %10s %8s %8s",
        "data",
        "labelled",
        "found",
        "IoU",
        "IoU fnd",
        "start late",
        "end late",
        "rows event",
        "events",
        "false/wk");
  }

  /** Detects and compares. */
  public Row row(BudgetBenchmark.Data data) {
    DetectorContext plan = BudgetBenchmark.plan(data, spec);
    ScoreCalibration scores =
        LocalDetection.calibrate(data.segments(), plan, segment -> segment.length() / 2);
    double perWeek = SECONDS_A_WEEK / data.frequency().meanSeconds();
    DetectorConfig detection = DetectorConfig.of(plan, scores, perWeek, data.segments().size(), "");
    List<List<Event>> events = LocalDetection.events(data.segments(), detection);
    Overlap all = new Overlap();
    for (int i = 0; i < events.size(); i++) {
      int half = data.segments().get(i).length() / 2;
      List<RowInterval> found =
          events.get(i).stream()
              .filter(event -> event.end() > half)
              .map(event -> new RowInterval((int) event.start(), (int) event.end() - 1))
              .toList();
      List<RowInterval> labels =
          data.labels().get(i).stream().filter(label -> label.first() >= half).toList();
      all.add(found, labels, half / perWeek);
    }
    return all.row(data.name());
  }

  /** Sums over series. */
  private static final class Overlap {
    private long labelled;
    private long hit;
    private double shared;
    private double late;
    private double outlasts;
    private double length;
    private long events;
    private long wrong;
    private double weeks;

    void add(List<RowInterval> found, List<RowInterval> labels, double scoredWeeks) {
      weeks += scoredWeeks;
      events += found.size();
      found.forEach(event -> length += size(event));
      wrong += found.stream().filter(event -> labels.stream().noneMatch(event::overlaps)).count();
      for (RowInterval label : labels) {
        labelled++;
        found.stream()
            .filter(label::overlaps)
            .max(Comparator.comparingDouble(event -> union(event, label)))
            .ifPresent(event -> add(event, label));
      }
    }

    private void add(RowInterval event, RowInterval label) {
      hit++;
      shared += union(event, label);
      late += event.first() - label.first();
      outlasts += event.last() - label.last();
    }

    Row row(String name) {
      double found = Math.max(1, hit);
      Map<String, Double> figures = new TreeMap<>();
      figures.put(name + " labelled", (double) labelled);
      figures.put(name + " found", (double) hit);
      figures.put(name + " iou", shared / Math.max(1, labelled));
      figures.put(name + " iou of found", shared / found);
      figures.put(name + " start delay", late / found);
      figures.put(name + " end delay", outlasts / found);
      figures.put(name + " rows an event", length / Math.max(1, events));
      figures.put(name + " events", (double) events);
      figures.put(name + " false a week", wrong / weeks);
      String line =
          String.format(
              Locale.ROOT,
              "%-12s %8d %8d %8.3f %8.3f %10.1f %10.1f %10.1f %8d %8.2f",
              name,
              labelled,
              hit,
              shared / Math.max(1, labelled),
              shared / found,
              late / found,
              outlasts / found,
              length / Math.max(1, events),
              events,
              wrong / weeks);
      return new Row(line, figures);
    }
  }

  private static int size(RowInterval rows) {
    return rows.last() - rows.first() + 1;
  }

  /** Intersection over union. */
  private static double union(RowInterval one, RowInterval other) {
    int both = Math.min(one.last(), other.last()) - Math.max(one.first(), other.first()) + 1;
    return both <= 0 ? 0 : both / (double) (size(one) + size(other) - both);
  }
}

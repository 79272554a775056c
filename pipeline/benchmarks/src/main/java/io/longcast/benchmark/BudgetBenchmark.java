package io.longcast.benchmark;

import io.longcast.anomaly.AnomalySpec;
import io.longcast.anomaly.DetectorConfig;
import io.longcast.anomaly.DetectorContext;
import io.longcast.anomaly.LocalDetection;
import io.longcast.anomaly.ScoreCalibration;
import io.longcast.anomaly.ScoredSteps;
import io.longcast.evaluate.PoissonInterval;
import io.longcast.evaluate.RowInterval;
import io.longcast.forecast.IntervalCalibration;
import io.longcast.model.baseline.Baseline;
import io.longcast.series.CalendarSpec;
import io.longcast.series.Frequency;
import io.longcast.series.GridAxis;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.window.CutterSpec;
import io.longcast.window.WindowSpec;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Requested and realised false alarms on data without labelled anomalies: what is usual is found on
 * the first half of each series, events that begin in the second half are counted, as detection
 * begins and ends them, with feedback and without. Expectations come from the seasonal naive
 * forecaster, so that nothing is trained.
 */
public final class BudgetBenchmark {
  private static final List<Double> LEVELS = List.of(.025, .25, .5, .75, .975);
  private static final double[] REQUESTED = {.1, .5, 1, 2, 5};
  private static final double WEEK = 7 * 86_400;
  private static final double CONFIDENCE = .95;
  private static final double BAND = .2;

  private final AnomalySpec spec;

  /**
   * @param spec parts and merging; the budget is varied
   */
  public BudgetBenchmark(AnomalySpec spec) {
    this.spec = spec;
  }

  /**
   * Data of one kind.
   *
   * @param name of the row
   * @param layout of the series
   * @param frequency of the grid
   * @param segments the series
   * @param labels intervals that are not normal, one list a series; their rows are scored, but not
   *     scored, so that feedback spends the budget on normal rows alone
   */
  public record Data(
      String name,
      SeriesLayout layout,
      Frequency frequency,
      List<Segment> segments,
      List<List<RowInterval>> labels) {}

  /** One column of a table with a header as one multichannel series, such as ETTh1. */
  public static Data wide(String name, Path path, Frequency frequency) {
    DelimitedFile file = DelimitedFile.read(path, ',');
    List<String> channels = file.header().subList(1, file.header().size());
    float[][] values = new float[channels.size()][];
    for (int c = 0; c < values.length; c++) {
      values[c] = floats(file.numbers(c + 1));
    }
    SeriesLayout layout = SeriesLayout.of(channels.toArray(String[]::new));
    Instant start = Instant.EPOCH.plusNanos(file.micros(0)[0] * 1000);
    return new Data(
        name, layout, frequency, List.of(segment(name, start, frequency, values)), List.of());
  }

  /** Labelled series of one channel, as if every row followed the last by the frequency. */
  public static Data labelled(String name, List<LabelledSeries> series, Frequency frequency) {
    List<Segment> segments = new ArrayList<>();
    for (LabelledSeries each : series) {
      double[] column = new double[each.series().length()];
      for (int t = 0; t < column.length; t++) {
        column[t] = each.series().rows()[t][0];
      }
      Instant start = Instant.EPOCH.plusNanos(each.series().micros()[0] * 1000);
      segments.add(segment(each.series().id(), start, frequency, new float[][] {floats(column)}));
    }
    return new Data(
        name,
        SeriesLayout.of("value"),
        frequency,
        segments,
        series.stream().map(LabelledSeries::labels).toList());
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    IntStream.range(0, values.length).forEach(i -> floats[i] = (float) values[i]);
    return floats;
  }

  private static Segment segment(String id, Instant start, Frequency frequency, float[][] values) {
    GridAxis axis = new GridAxis(start, frequency, ZoneOffset.UTC);
    return Segment.whole(id, axis, values[0].length, values, null, new int[0]);
  }

  /**
   * The result of a budget: realised pooled rate by the start alone and with feedback, spread.
   *
   * @param line for the terminal, under {@link #heading}
   * @param figures by name
   */
  public record Row(String line, Map<String, Double> figures) {}

  /** A row for each budget. */
  public List<Row> rows(Data data) {
    DetectorContext plan = plan(data, spec);
    ScoreCalibration scores =
        LocalDetection.calibrate(data.segments(), plan, segment -> segment.length() / 2);
    List<ScoredSteps> scored =
        ScoredSteps.of(data.segments(), detection(data, plan, scores, new Asked(1, false)));
    List<Row> rows = new ArrayList<>();
    for (double requested : REQUESTED) {
      Realised start = realised(data, scored, plan, scores, new Asked(requested, false));
      Realised held = realised(data, scored, plan, scores, new Asked(requested, true));
      String line =
          String.format(
              Locale.ROOT,
              "%-12s %9.1f %9.1f %9.2f %9.2f %9.2f %9.2f %9d %9.2f %9.2f  %s",
              data.name(),
              start.weeks(),
              requested,
              start.pooled(),
              held.pooled(),
              start.deviation(),
              held.deviation(),
              held.alarms(),
              held.lower(),
              held.upper(),
              held.verdict(requested));
      String name = data.name() + " budget " + requested;
      rows.add(
          new Row(
              line,
              new TreeMap<>(
                  Map.of(name + " start", start.pooled(), name + " feedback", held.pooled()))));
    }
    return rows;
  }

  /** The heading over {@link #rows}. */
  public static String heading() {
    return String.format(
        Locale.ROOT,
        "%-12s %9s %9s %9s %9s %9s %9s %9s %9s %9s  %s",
        "data",
        "weeks",
        "requested",
        "start",
        "feedback",
        "sd start",
        "sd feedb.",
        "alarms",
        "95 % from",
        "to",
        "within 20 %?");
  }

  /**
   * Alarms a week.
   *
   * @param weeks of normal rows scored, over all series
   * @param alarms of all series
   * @param deviation of the rates of single series
   */
  private record Realised(double weeks, long alarms, double deviation) {
    double pooled() {
      return alarms / weeks;
    }

    double lower() {
      return PoissonInterval.garwood(alarms, CONFIDENCE).lower() / weeks;
    }

    double upper() {
      return PoissonInterval.garwood(alarms, CONFIDENCE).upper() / weeks;
    }

    /** A rate outside of the band is no miss while so few alarms may as well come from within. */
    String verdict(double requested) {
      double low = (1 - BAND) * requested;
      double high = (1 + BAND) * requested;
      if (pooled() >= low && pooled() <= high) {
        return "yes";
      }
      return upper() < low || lower() > high ? "no" : "no, by chance";
    }
  }

  private Realised realised(
      Data data,
      List<ScoredSteps> scored,
      DetectorContext plan,
      ScoreCalibration scores,
      Asked asked) {
    double perWeek = WEEK / data.frequency().meanSeconds();
    DetectorConfig detection = detection(data, plan, scores, asked);
    double[] weeks = new double[scored.size()];
    double[] alarms = new double[weeks.length];
    for (int i = 0; i < weeks.length; i++) {
      boolean[] normal = normal(data, i);
      BitSet begins = scored.get(i).begins(detection, t -> normal[t]);
      for (int t = normal.length / 2; t < normal.length; t++) {
        weeks[i] += normal[t] ? 1 / perWeek : 0;
        alarms[i] += begins.get(t) ? 1 : 0;
      }
    }
    return summary(weeks, alarms);
  }

  private DetectorConfig detection(
      Data data, DetectorContext plan, ScoreCalibration scores, Asked asked) {
    AnomalySpec budget = spec.withBudget(asked.rate(), asked.control());
    double perWeek = WEEK / data.frequency().meanSeconds();
    return DetectorConfig.of(plan.with(budget), scores, perWeek, data.segments().size(), "");
  }

  /** A budget, in alarms per series and week, and whether feedback controls it. */
  private record Asked(double rate, boolean control) {}

  private static boolean[] normal(Data data, int series) {
    boolean[] normal = new boolean[data.segments().get(series).length()];
    java.util.Arrays.fill(normal, true);
    if (!data.labels().isEmpty()) {
      for (RowInterval label : data.labels().get(series)) {
        java.util.Arrays.fill(normal, label.first(), label.last() + 1, false);
      }
    }
    return normal;
  }

  private static Realised summary(double[] weeks, double[] alarms) {
    double all = java.util.Arrays.stream(weeks).sum();
    double sum = java.util.Arrays.stream(alarms).sum();
    double pooled = sum / all;
    double square = 0;
    int count = 0;
    for (int i = 0; i < weeks.length; i++) {
      if (weeks[i] > 0) {
        square += Math.pow(alarms[i] / weeks[i] - pooled, 2);
        count++;
      }
    }
    return new Realised(all, (long) sum, Math.sqrt(square / Math.max(1, count)));
  }

  /** The seasonal naive forecaster, with a context of two seasons. */
  static DetectorContext plan(Data data, AnomalySpec spec) {
    int season = data.frequency().seasonalPeriod();
    return new DetectorContext(
        new CutterSpec(
            new WindowSpec(2 * season, season, 1), data.layout(), CalendarSpec.NONE, false),
        () -> Baseline.SEASONAL_NAIVE.forecaster(season, LEVELS),
        IntervalCalibration.none(LEVELS),
        season,
        spec);
  }
}

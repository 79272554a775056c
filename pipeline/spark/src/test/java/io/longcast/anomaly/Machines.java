package io.longcast.anomaly;

import io.longcast.anomaly.alarm.AlarmBudget;
import io.longcast.anomaly.score.ComponentSpec;
import io.longcast.anomaly.score.DetectorSpec;
import io.longcast.anomaly.score.DriftDistance;
import io.longcast.clean.CleanSpec;
import io.longcast.forecast.IntervalCalibration;
import io.longcast.model.baseline.Baseline;
import io.longcast.series.CalendarSpec;
import io.longcast.series.Frequency;
import io.longcast.series.GridAxis;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.series.SeriesValues;
import io.longcast.window.CutterSpec;
import io.longcast.window.WindowSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Small machines with two channels, hourly, and what is needed to score them. */
final class Machines {
  static final SeriesLayout LAYOUT = SeriesLayout.of("heat", "hum");
  static final double STEPS_PER_WEEK = 168;
  static final CleanSpec CLEAN =
      new CleanSpec(
          CleanSpec.Grid.REGULAR,
          "1h",
          "UTC",
          CleanSpec.Anchor.AUTO,
          CleanSpec.Snap.AUTO,
          1,
          CleanSpec.Duplicates.LAST,
          Map.of(),
          CleanSpec.Aggregation.MEAN,
          CleanSpec.Gaps.HOLD,
          24,
          24,
          1,
          20_000_000,
          CleanSpec.Policy.KEEP,
          CleanSpec.Policy.DROP,
          0);
  private static final List<Double> LEVELS = List.of(.025, .25, .5, .75, .975);
  private static final int SEASON = 24;

  private Machines() {}

  /** What may be done to the values of a machine before it is packed. */
  interface Fault {
    void strike(int machine, float[][] values, boolean[][] observed);
  }

  static List<Segment> fleet(int count, int steps, Fault fault) {
    List<Segment> fleet = new ArrayList<>();
    for (int m = 0; m < count; m++) {
      SplittableRandom random = new SplittableRandom(100 + m);
      float[][] values = new float[2][steps];
      boolean[][] observed = new boolean[2][steps];
      for (int t = 0; t < steps; t++) {
        double wave = Math.sin(2 * Math.PI * t / SEASON);
        values[0][t] = (float) (50 + m + 8 * wave + gaussian(random));
        values[1][t] = (float) (3 + .4 * wave + .1 * gaussian(random));
        observed[0][t] = true;
        observed[1][t] = true;
      }
      fault.strike(m, values, observed);
      fleet.add(segment("machine-" + m, values, observed));
    }
    return fleet;
  }

  private static double gaussian(SplittableRandom random) {
    double sum = -6;
    for (int i = 0; i < 12; i++) {
      sum += random.nextDouble();
    }
    return sum;
  }

  private static Segment segment(String id, float[][] values, boolean[][] observed) {
    int steps = values[0].length;
    long[][] bits = new long[values.length][(steps + 63) / 64];
    for (int c = 0; c < values.length; c++) {
      for (int t = 0; t < steps; t++) {
        bits[c][t >> 6] |= observed[c][t] ? 1L << (t & 63) : 0;
      }
    }
    GridAxis axis =
        new GridAxis(Instant.parse("2024-01-01T00:00:00Z"), Frequency.parse("1h"), ZoneOffset.UTC);
    return Segment.whole(id, axis, steps, values, bits, new int[0]);
  }

  static AnomalySpec spec(double budget, double falseDiscovery) {
    List<ComponentSpec> parts =
        List.of(
            new ComponentSpec(ComponentSpec.Kind.STANDARDISED_RESIDUAL, 1, 1),
            new ComponentSpec(ComponentSpec.Kind.LEVEL, 24, 1),
            new ComponentSpec(ComponentSpec.Kind.CHANGE, 1, 1),
            new ComponentSpec(ComponentSpec.Kind.SHAPE, 1, 1),
            new ComponentSpec(ComponentSpec.Kind.STUCK, 0, 1),
            new ComponentSpec(ComponentSpec.Kind.MISSING, 0, 1));
    DetectorSpec detector =
        new DetectorSpec(
            parts,
            4000,
            1e-3,
            4,
            List.of(new DriftDistance.Settings(20, 10, .05, 100, 50, 1)),
            DetectorSpec.Scaling.ROBUST,
            true);
    return new AnomalySpec(
        budget,
        AlarmBudget.Unit.SERIES_WEEK,
        new ThresholdSpec(ThresholdSpec.By.BUDGET, 5),
        true,
        6,
        0,
        falseDiscovery,
        Duration.ofDays(1),
        6,
        64,
        0,
        500,
        AnomalySpec.Keep.ALL,
        false,
        1,
        0,
        detector);
  }

  /** The same with residual and shapes in one part, whose scores settle later. */
  static AnomalySpec withPattern(AnomalySpec spec) {
    DetectorSpec detector = spec.detector();
    return spec.with(
        new DetectorSpec(
            List.of(
                new ComponentSpec(ComponentSpec.Kind.PATTERN, 0, 1),
                new ComponentSpec(ComponentSpec.Kind.STUCK, 0, 1),
                new ComponentSpec(ComponentSpec.Kind.MISSING, 0, 1)),
            detector.halfLife(),
            detector.floor(),
            detector.clip(),
            detector.drift(),
            detector.scaling(),
            detector.replay()));
  }

  /** A plan whose model repeats the day before. */
  static DetectorContext plan(AnomalySpec spec) {
    return new DetectorContext(
        new CutterSpec(new WindowSpec(168, 24, 1), LAYOUT, CalendarSpec.NONE, false),
        () -> Baseline.SEASONAL_NAIVE.forecaster(SEASON, LEVELS),
        IntervalCalibration.none(LEVELS),
        SEASON,
        spec);
  }

  /** The same with a level added to every value, in double precision. */
  static Segment lifted(Segment segment, double level) {
    SeriesValues[] values = new SeriesValues[segment.rows()];
    long[][] observed = new long[segment.observedChannels()][];
    for (int row = 0; row < values.length; row++) {
      double[] raised = segment.row(row).toDoubles();
      for (int t = 0; t < raised.length; t++) {
        raised[t] += level;
      }
      values[row] = SeriesValues.of(raised);
      observed[row] = segment.observed(row);
    }
    return Segment.whole(
        segment.seriesId(), segment.axis(), segment.length(), values, observed, new int[0]);
  }
}

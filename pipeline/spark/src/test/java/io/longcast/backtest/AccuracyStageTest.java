package io.longcast.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longcast.evaluate.Metric;
import io.longcast.forecast.ForecastCounts;
import io.longcast.forecast.ForecastPlan;
import io.longcast.forecast.ForecastSpec;
import io.longcast.forecast.ForecastStage;
import io.longcast.forecast.IntervalCalibration;
import io.longcast.model.ForecasterFactory;
import io.longcast.model.baseline.Baseline;
import io.longcast.series.CalendarSpec;
import io.longcast.series.Frequency;
import io.longcast.series.GridAxis;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.testing.SharedSession;
import io.longcast.window.Block;
import io.longcast.window.CutterSpec;
import io.longcast.window.Split;
import io.longcast.window.SplitSpec;
import io.longcast.window.WindowSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Forecasts that were made before their values came have the figures of a backtest. */
class AccuracyStageTest {
  private static final SeriesLayout LAYOUT = SeriesLayout.of("heat", "hum");
  private static final int STEPS = 200;
  private static final int HORIZON = 12;
  private static final int SEASON = 24;
  private static final int FOLDS = 3;
  private static final List<Double> LEVELS = List.of(.025, .1, .5, .9, .975);
  private static final CutterSpec CUTTER =
      new CutterSpec(new WindowSpec(72, HORIZON, 1), LAYOUT, CalendarSpec.NONE, false);
  private static final AccuracyStage.Plan PLAN =
      new AccuracyStage.Plan(LAYOUT.channels(), LEVELS, HORIZON, SEASON, "m");

  private final SparkSession spark = SharedSession.get();

  private static ForecasterFactory factory(Baseline baseline) {
    return () -> baseline.forecaster(SEASON, LEVELS);
  }

  private static List<Segment> fleet() {
    GridAxis axis =
        new GridAxis(Instant.parse("2024-01-01T00:00:00Z"), Frequency.parse("1h"), ZoneOffset.UTC);
    List<Segment> fleet = new ArrayList<>();
    for (int series = 0; series < 5; series++) {
      SplittableRandom random = new SplittableRandom(series);
      float[][] values = new float[2][STEPS];
      long[][] bits = new long[2][(STEPS + 63) / 64];
      for (int t = 0; t < STEPS; t++) {
        for (int c = 0; c < 2; c++) {
          values[c][t] =
              (float) (10 * (c + 1) + Math.sin(2 * Math.PI * t / SEASON) + random.nextDouble());
          bits[c][t >> 6] |= random.nextInt(20) == 0 ? 0 : 1L << (t & 63);
        }
      }
      fleet.add(Segment.whole("s" + series, axis, STEPS, values, bits, new int[0]));
    }
    return fleet;
  }

  private JavaRDD<Segment> rdd(List<Segment> segments) {
    return JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(segments, 3);
  }

  /** Forecasts from an origin, made of the steps before it alone. */
  private Dataset<Row> forecasts(int origin) {
    List<Segment> known =
        fleet().stream()
            .map(each -> each.slice(0, origin, origin, 0, origin + 1))
            .map(
                part ->
                    Segment.whole(
                        part.seriesId(),
                        part.axis(),
                        origin,
                        new float[][] {part.row(0).toFloats(), part.row(1).toFloats()},
                        new long[][] {part.observed(0), part.observed(1)},
                        new int[0]))
            .toList();
    ForecastSpec spec =
        new ForecastSpec(
            16,
            1,
            0,
            false,
            false,
            ForecastSpec.Calibrate.OFF,
            new ForecastSpec.Adaptive(0, 0),
            ForecastSpec.Reconcile.NONE);
    ForecastPlan plan =
        new ForecastPlan(
            CUTTER,
            factory(Baseline.LINEAR),
            IntervalCalibration.none(LEVELS),
            spec,
            "m",
            ForecastPlan.NO_NEWEST);
    return ForecastStage.forecast(spark, rdd(known), plan, ForecastCounts.of(spark));
  }

  private static FleetAccuracy accuracy(JavaRDD<AccuracyStage.SeriesAccuracy> evaluated) {
    return evaluated.aggregate(new FleetAccuracy(PLAN), FleetAccuracy::add, FleetAccuracy::merge);
  }

  @Test
  @Tag("long")
  void givesTheFiguresOfABacktestOnTheSameWindows() {
    Dataset<Row> history = forecasts(STEPS - HORIZON);
    for (int fold = 2; fold <= FOLDS; fold++) {
      history = history.unionByName(forecasts(STEPS - fold * HORIZON));
    }
    FleetAccuracy found = accuracy(AccuracyStage.evaluate(rdd(fleet()), history, PLAN));

    SplitSpec split = new SplitSpec(FOLDS, 0, 0, 0, 0);
    CompareStage.Plan plan =
        new CompareStage.Plan(
            CUTTER,
            split,
            Split.VALIDATION,
            split,
            List.of(factory(Baseline.LINEAR), factory(Baseline.NAIVE)),
            IntervalCalibration.none(LEVELS),
            SEASON);
    JavaRDD<Block> blocks = rdd(fleet()).map(segment -> new Block(List.of(segment)));
    List<Metric> expected = CompareStage.compare(blocks, plan).subject().pooled().metrics();
    for (Metric metric : expected) {
      Metric own = Metric.named(metric.name(), found.metrics());
      assertThat(own.count()).as(metric.name()).isEqualTo(metric.count());
      assertThat(own.value()).as(metric.name()).isCloseTo(metric.value(), within(1e-9));
    }
    assertThat(expected).extracting(Metric::name).contains("mase", "coverage_95");
    assertThat(found.byDay().keySet()).containsExactly(19729L, 19730L);
    assertThat(found.byFirstStep().keySet()).containsExactly(1, 4, 7, 10);
    assertThat(found.lastStep(10)).isEqualTo(HORIZON);
  }

  /** Half of the horizon has come; one series has come no further. */
  @Test
  void countsWhatHasBeenObservedSoFar() {
    List<Segment> soFar = new ArrayList<>(fleet());
    soFar.set(0, soFar.get(0).slice(0, STEPS - HORIZON, STEPS, 0, STEPS - HORIZON + 1));
    Dataset<Row> history = forecasts(STEPS - HORIZON / 2).unionByName(forecasts(STEPS));
    List<AccuracyStage.SeriesAccuracy> evaluated =
        AccuracyStage.evaluate(rdd(soFar), history, PLAN).collect();
    assertThat(evaluated).hasSize(4).noneMatch(series -> series.seriesId().equals("s0"));
    assertThat(evaluated).allMatch(series -> series.windows().size() == 2);
    long values = accuracy(AccuracyStage.evaluate(rdd(soFar), history, PLAN)).values();
    long observed =
        fleet().subList(1, 5).stream()
            .mapToLong(
                series -> {
                  long count = 0;
                  for (int step = STEPS - HORIZON / 2; step < STEPS; step++) {
                    count += series.isObserved(0, step) ? 1 : 0;
                    count += series.isObserved(1, step) ? 1 : 0;
                  }
                  return count;
                })
            .sum();
    assertThat(values).isEqualTo(observed);
  }

  /** A forecast of 2 above what came, for two steps of which one was observed. */
  @Test
  void biasIsForecastLessObserved() {
    AccuracyErrors errors = new AccuracyErrors();
    errors.add(
        new io.longcast.evaluate.WindowForecast(
            new float[] {5, 9},
            new float[] {1, 0},
            new float[] {7, 1},
            new float[0],
            io.longcast.evaluate.ErrorScale.UNIT));
    Map<String, Double> values = new java.util.TreeMap<>();
    errors.metrics().forEach(metric -> values.put(metric.name(), metric.value()));
    assertThat(values).containsEntry("bias", 2.0).containsEntry("mase", 2.0);
  }
}

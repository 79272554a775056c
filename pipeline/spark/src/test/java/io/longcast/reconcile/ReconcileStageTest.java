package io.longcast.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.longcast.clean.CategoryCodes;
import io.longcast.forecast.ForecastCounts;
import io.longcast.forecast.ForecastPlan;
import io.longcast.forecast.ForecastSpec;
import io.longcast.forecast.ForecastSpec.Reconcile;
import io.longcast.forecast.ForecastSpec.Reconciliation;
import io.longcast.forecast.IntervalCalibration;
import io.longcast.hierarchy.ExactSums;
import io.longcast.model.ForecastBatch;
import io.longcast.model.ForecasterFactory;
import io.longcast.model.WindowForecaster;
import io.longcast.series.CalendarSpec;
import io.longcast.series.Frequency;
import io.longcast.series.GridAxis;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.testing.SharedSession;
import io.longcast.window.CutterSpec;
import io.longcast.window.WindowBatch;
import io.longcast.window.WindowSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReconcileStageTest {
  private static final Instant NEWEST = Instant.parse("2024-01-10T00:00:00Z");
  private static final Frequency DAY = Frequency.parse("1d");
  private static final SeriesLayout LAYOUT =
      new SeriesLayout(List.of("v"), List.of(), List.of(), List.of("region", "store"));
  private static final CategoryCodes CODES =
      new CategoryCodes(List.of(List.of("north", "south"), List.of("n1", "n2", "s1")));
  private static final List<List<String>> TREE =
      List.of(List.of(), List.of("region"), List.of("region", "store"));

  private final SparkSession spark = SharedSession.get();
  private final ForecastCounts counts = ForecastCounts.of(spark);
  private SeriesLayout layout = LAYOUT;
  private int minContext = 1;
  private int horizon = 2;
  private int origins = 3;

  /** Says 10 more than the newest value, and that plus or minus 1. */
  private static final class TenMore implements WindowForecaster {
    @Override
    public String name() {
      return "ten more";
    }

    @Override
    public List<Double> quantileLevels() {
      return List.of(.05, .5, .95);
    }

    @Override
    public void forecast(WindowBatch windows, ForecastBatch forecasts) {
      for (int at = 0; at < windows.size() * windows.horizon(); at++) {
        int i = at / windows.horizon();
        forecasts.point()[at] = windows.context()[(i + 1) * windows.contextLength() - 1] + 10;
        for (int q = 0; q < 3; q++) {
          forecasts.quantiles()[at * 3 + q] = forecasts.point()[at] + q - 1;
        }
      }
    }
  }

  private Map<String, Row> first(
      Reconciliation method, List<List<String>> levels, boolean whole, List<Segment> series) {
    Map<String, Row> rows = new TreeMap<>();
    all(method, levels, whole, series, 2)
        .forEach(
            row -> {
              if (row.isNullAt(3) || row.getInt(3) == 1) {
                rows.put(row.getString(0), row);
              }
            });
    return rows;
  }

  private List<Row> all(
      Reconciliation method,
      List<List<String>> levels,
      boolean whole,
      List<Segment> series,
      int partitions) {
    return made(method, levels, whole, series, partitions).collectAsList();
  }

  private Dataset<Row> made(
      Reconciliation method,
      List<List<String>> levels,
      boolean whole,
      List<Segment> series,
      int partitions) {
    ForecasterFactory model = TenMore::new;
    ForecastSpec spec =
        new ForecastSpec(
            4,
            minContext,
            2,
            whole,
            whole,
            ForecastSpec.Calibrate.OFF,
            new ForecastSpec.Adaptive(0, 0),
            new Reconcile(method, levels, origins));
    ForecastPlan plan =
        new ForecastPlan(
            new CutterSpec(
                new WindowSpec(3, horizon, 1), layout, new CalendarSpec(List.of()), false),
            model,
            IntervalCalibration.none(List.of(.05, .5, .95)),
            spec,
            "m",
            ForecastPlan.NO_NEWEST);
    ReconcileStage.Data data =
        new ReconcileStage.Data(
            JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(series, partitions),
            CODES,
            DAY,
            ZoneOffset.UTC,
            NEWEST);
    return ReconcileStage.forecast(spark, data, plan, counts);
  }

  /** A series that ends some days before the newest. */
  private static Segment series(String id, int region, int store, int early, float... values) {
    Instant start = NEWEST.minus(Duration.ofDays(values.length - 1L + early));
    return Segment.whole(
        id,
        new GridAxis(start, DAY, ZoneOffset.UTC),
        values.length,
        new float[][] {values},
        null,
        new int[] {region, store});
  }

  private static List<Segment> stores() {
    return List.of(series("a", 1, 1, 0, 10), series("b", 1, 2, 0, 20), series("c", 2, 3, 0, 60));
  }

  private static double point(Map<String, Row> rows, String id) {
    return rows.get(id).getDouble(6);
  }

  @Test
  void addsUpTheSeriesOfAGroupAndMovesItsIntervalAlong() {
    Map<String, Row> rows = first(Reconciliation.BOTTOM_UP, TREE, false, stores());
    assertThat(rows.keySet())
        .containsExactly(
            "a",
            "b",
            "c",
            "group:region=north",
            "group:region=north,store=n1",
            "group:region=north,store=n2",
            "group:region=south",
            "group:region=south,store=s1",
            "group:total");
    assertThat(point(rows, "a")).isEqualTo(20);
    assertThat(point(rows, "group:region=north")).isEqualTo(50);
    assertThat(point(rows, "group:total")).isEqualTo(120);
    // The group itself was forecast as 90 + 10, with an interval of 99 to 101.
    assertThat(rows.get("group:total").getDouble(9)).isEqualTo(119);
    assertThat(rows.get("group:total").getDouble(10)).isEqualTo(121);
    assertThat(rows.get("group:total").getString(14)).isEqualTo("short-context");
    assertThat(rows.get("group:total").getTimestamp(2)).isEqualTo(rows.get("a").getTimestamp(2));
  }

  @Test
  void dividesTheTotalInProportionLevelByLevel() {
    Map<String, Row> rows = first(Reconciliation.TOP_DOWN, TREE, false, stores());
    // Total 100; regions forecast 40 and 70; stores of the north 20 and 30.
    assertThat(point(rows, "group:total")).isCloseTo(100, within(1e-9));
    assertThat(point(rows, "group:region=north")).isCloseTo(100 * 40 / 110.0, within(1e-9));
    assertThat(point(rows, "a")).isCloseTo(100 * 40 / 110.0 * 20 / 50, within(1e-9));
    assertThat(point(rows, "c")).isCloseTo(100 * 70 / 110.0, within(1e-9));
  }

  @Test
  void movesEverySeriesAlikeWherePastErrorsAreNotKnown() {
    Map<String, Row> rows =
        first(Reconciliation.MINT, List.of(List.of()), false, stores().subList(0, 2));
    // Total 40, its series 20 + 30: the gap of -10 over weights 2 (total) and 1 + 1 (series).
    assertThat(point(rows, "a")).isCloseTo(17.5, within(1e-6));
    assertThat(point(rows, "b")).isCloseTo(27.5, within(1e-6));
    assertThat(point(rows, "group:total")).isCloseTo(45, within(1e-6));
  }

  @Tag("long")
  @Test
  void trustsTheSeriesWhosePastErrorsWereSmall() {
    // Every forecast of a was right, b was 10 too high.
    List<Segment> two =
        List.of(
            series("a", 1, 1, 0, 0, 10, 10, 20, 20, 30, 30, 40, 40),
            series("b", 1, 2, 0, 5, 5, 5, 5, 5, 5, 5, 5, 5));
    Map<String, Row> rows = first(Reconciliation.MINT, List.of(List.of()), false, two);
    assertThat(Math.abs(point(rows, "a") - 50)).isLessThan(Math.abs(point(rows, "b") - 15));
    assertThat(point(rows, "group:total")).isEqualTo(point(rows, "a") + point(rows, "b"));
  }

  @Test
  void saysWhichGroupsMissSeries() {
    List<Segment> some =
        List.of(
            series("a", 1, 1, 0, 10),
            series("late", 1, 1, 2, 30),
            series("stale", 1, 2, 3, 20),
            series("old", 2, 3, 9, 60));
    Map<String, Row> rows = first(Reconciliation.BOTTOM_UP, TREE, false, some);
    assertThat(point(rows, "group:region=north")).isEqualTo(20 + 40);
    assertThat(rows.get("late").getTimestamp(2)).isEqualTo(rows.get("a").getTimestamp(2));
    assertThat(rows.get("group:region=north").getString(14)).isEqualTo("missing-members");
    assertThat(rows.get("group:region=north").getString(15)).contains("1 of 3 series");
    assertThat(rows.get("group:total").getString(15)).contains("2 of 4 series");
    assertThat(rows.get("group:region=north,store=n1").getString(14)).isEqualTo("ok");
    assertThat(rows.get("group:region=south").getString(14)).isEqualTo("left-out");
    assertThat(point(rows, "stale")).isEqualTo(30);
    // Groups are no series of the run.
    assertThat(counts.statuses().values().stream().mapToLong(n -> n).sum()).isEqualTo(4);
  }

  @Test
  void addsUpToTheLastBitUnderAnyPartitioning() {
    Random random = new Random(1);
    List<Segment> many = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      float[] values = new float[9];
      for (int t = 0; t < values.length; t++) {
        values[t] = (float) (random.nextGaussian() * Math.pow(10, i % 9 - 4)) + i;
      }
      many.add(series("s" + i, 1 + i % 2, 1 + i % 3, 0, values));
    }
    List<List<String>> crossed = List.of(List.of(), List.of("region"), List.of("store"));
    List<Row> rows = all(Reconciliation.MINT, crossed, false, many, 3);
    assertThat(texts(all(Reconciliation.MINT, crossed, false, many, 7))).isEqualTo(texts(rows));
    ExactSums total = new ExactSums(1);
    rows.stream()
        .filter(row -> row.getString(0).startsWith("s") && row.getInt(3) == 2)
        .forEach(row -> total.add(0, row.getDouble(6)));
    Row group =
        rows.stream()
            .filter(row -> row.getString(0).equals("group:total") && row.getInt(3) == 2)
            .findAny()
            .orElseThrow();
    assertThat(group.getDouble(6)).isEqualTo(total.value(0));
  }

  @Tag("long")
  @Test
  void addsUpRoundedForecasts() {
    Map<String, Row> rows = first(Reconciliation.TOP_DOWN, TREE, true, stores());
    assertThat(point(rows, "a")).isEqualTo(15);
    assertThat(point(rows, "group:total")).isEqualTo(15 + 22 + 64);
  }

  @Test
  void refusesWhatIsNoStaticColumnAndLevelsThatDoNotDivide() {
    assertThatThrownBy(
            () -> first(Reconciliation.BOTTOM_UP, List.of(List.of("town")), false, stores()))
        .hasMessageContaining("town")
        .hasMessageContaining("source.staticCovariates");
    assertThatThrownBy(
            () ->
                new Reconcile(
                    Reconciliation.TOP_DOWN, List.of(List.of("region"), List.of("store")), 2))
        .hasMessageContaining("[region, store]");
    assertThatThrownBy(() -> new Reconcile(Reconciliation.MINT, List.of(), 2))
        .hasMessageContaining("forecast.reconcile.levels");
  }

  @Test
  void leavesOutOfHistoryAndSumWhatIsTooShort() {
    minContext = 2;
    List<Segment> some =
        List.of(
            series("a", 1, 1, 0, 10, 10), series("b", 1, 2, 0, 20, 20), series("new", 1, 3, 0, 90));
    for (Reconciliation method : List.of(Reconciliation.TOP_DOWN, Reconciliation.BOTTOM_UP)) {
      Map<String, Row> rows = first(method, List.of(List.of()), false, some);
      boolean divided = method == Reconciliation.TOP_DOWN;
      assertThat(point(rows, "group:total")).isCloseTo(divided ? 40 : 50, within(1e-9));
      assertThat(point(rows, "a")).isCloseTo(divided ? 16 : 20, within(1e-9));
      assertThat(rows.get("new").getString(14)).isEqualTo("too-short");
      assertThat(rows.get("group:total").getString(15)).contains("1 of 3 series");
    }
  }

  @Test
  void addsUpEachChannelInSpiteOfGaps() {
    layout =
        new SeriesLayout(List.of("v", "w"), List.of(), List.of("k"), List.of("region", "store"));
    minContext = 3;
    List<Segment> some = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      // Of v, one step of each series is missing, another one in each; of w, all of the tenth.
      long v = 0xffffL & ~(1L << i % 6);
      long w = i == 9 ? 0 : 0xffffL;
      some.add(
          Segment.whole(
              "s" + i,
              new GridAxis(NEWEST.minus(Duration.ofDays(5)), DAY, ZoneOffset.UTC),
              6,
              new float[][] {{1, 1, 1, 1, 1, i}, {2, 2, 2, 2, 2, 2}, {0, 0, 0, 0, 0, 0, 7, 7}},
              new long[][] {{v & 63}, {w & 63}},
              new int[] {1, 1}));
    }
    List<Row> rows = all(Reconciliation.BOTTOM_UP, List.of(List.of()), false, some, 2);
    Map<String, Row> total = new TreeMap<>();
    rows.stream()
        .filter(row -> row.getString(0).equals("group:total") && row.getInt(3) == 1)
        .forEach(row -> total.put(row.getString(1), row));
    // Three of the last three steps are there but for the series that miss one of these.
    assertThat(point(total, "w")).isEqualTo(9 * 12);
    assertThat(total.get("w").getString(14)).isEqualTo("missing-members");
    long full = some.stream().filter(one -> (one.observed(0)[0] >> 3 & 7) == 7).count();
    assertThat(full).isBetween(2L, 9L);
    double sum =
        some.stream()
            .filter(one -> (one.observed(0)[0] >> 3 & 7) == 7)
            .mapToDouble(one -> one.row(0).get(5) + 10)
            .sum();
    assertThat(point(total, "v")).isEqualTo(sum);
  }

  @Test
  void runsTwoJobsForBottomUpAndFourForOthers() throws Exception {
    AtomicInteger jobs = new AtomicInteger();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            jobs.incrementAndGet();
          }
        };
    spark.sparkContext().addSparkListener(listener);
    try {
      made(Reconciliation.BOTTOM_UP, TREE, false, stores(), 2);
      spark.sparkContext().listenerBus().waitUntilEmpty();
      assertThat(jobs.getAndSet(0)).isEqualTo(2);
      made(Reconciliation.TOP_DOWN, TREE, false, stores(), 2);
      spark.sparkContext().listenerBus().waitUntilEmpty();
      assertThat(jobs.get()).isEqualTo(4);
    } finally {
      spark.sparkContext().removeSparkListener(listener);
    }
  }

  @Test
  void reconcilesByOneErrorAndRefusesTooMany() {
    horizon = 1;
    origins = 1;
    List<Segment> two = List.of(series("a", 1, 1, 0, 0, 10, 10), series("b", 1, 2, 0, 5, 5, 5));
    Map<String, Row> rows = first(Reconciliation.MINT, List.of(List.of()), false, two);
    assertThat(point(rows, "group:total"))
        .isEqualTo(point(rows, "a") + point(rows, "b"))
        .isBetween(25.0, 35.0);
    horizon = 1001;
    origins = 2;
    assertThatThrownBy(() -> first(Reconciliation.MINT, List.of(List.of()), false, two))
        .hasMessageContaining("2,002")
        .hasMessageContaining("forecast.reconcile.origins");
  }

  @Test
  void refusesASeriesNamedLikeAGroup() {
    assertThatThrownBy(
            () ->
                first(
                    Reconciliation.BOTTOM_UP,
                    TREE,
                    false,
                    List.of(series("group:total", 1, 1, 0, 1))))
        .hasMessageContaining("group:total")
        .hasMessageContaining("source.series");
  }

  @Test
  void namesDifferentGroupsDifferently() {
    CategoryCodes odd =
        new CategoryCodes(List.of(List.of("(other)", "x", "x,store=y"), List.of("y")));
    Hierarchy hierarchy =
        Hierarchy.of(List.of(List.of("region"), List.of("region", "store")), LAYOUT, odd);
    assertThat(hierarchy.groups(new int[] {3, 0}).get(0))
        .isEqualTo("group:region=x\\,store\\=y")
        .isNotEqualTo(hierarchy.groups(new int[] {2, 1}).get(1));
    assertThat(hierarchy.groups(new int[] {1, 1}).get(0))
        .isNotEqualTo(hierarchy.groups(new int[] {0, 1}).get(0));
  }

  @Test
  void endsWithTheNewestStepThatHalfOfTheSeriesReach() {
    CommonEnd ends = new CommonEnd(DAY, ZoneOffset.UTC, 2);
    Instant future = NEWEST.plus(Duration.ofDays(400));
    Instant early = NEWEST.minus(Duration.ofDays(1));
    List<Instant> days = List.of(future, NEWEST, early, NEWEST.minus(Duration.ofDays(90)));
    assertThat(ends.of(days, List.of(1L, 4L, 3L, 5L), 13)).contains(NEWEST);
    assertThat(ends.of(days.subList(1, 3), List.of(1L, 9L), 10)).contains(NEWEST);
    assertThat(ends.of(days, List.of(1L, 1L, 1L, 9L), 12))
        .contains(NEWEST.minus(Duration.ofDays(90)));
    assertThat(ends.of(List.of(), List.of(), 0)).isEmpty();
  }

  private static List<String> texts(List<Row> rows) {
    return rows.stream().map(Row::toString).sorted().toList();
  }
}

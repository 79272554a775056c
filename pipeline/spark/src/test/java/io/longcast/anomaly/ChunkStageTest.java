package io.longcast.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.model.WindowForecaster;
import io.longcast.series.RowAxis;
import io.longcast.series.Segment;
import io.longcast.testing.SharedSession;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ChunkStageTest {
  private static final int STEPS = 6000;
  private static final int SEGMENTS = 5;
  private static final List<Segment> FLEET = Machines.fleet(3, STEPS, ChunkStageTest::faults);
  private static final List<Segment> CLEAN = Machines.fleet(3, STEPS, (m, values, observed) -> {});
  private static final AnomalySpec EXACT = Machines.spec(1, 0);

  /** Faults that cross the borders of chunks, one of them longer than a report looks back. */
  private static void faults(int machine, float[][] values, boolean[][] observed) {
    for (int t = 1300; t < 1360; t++) {
      values[0][t] += machine == 0 ? 12 : 0;
    }
    for (int t = 1500; t < 4700; t++) {
      observed[1][t] = machine != 1;
      values[1][t] = machine == 1 ? values[1][1499] : values[1][t];
      values[0][t] += machine == 1 ? 40 + t % 7 : 0;
    }
    for (int t = 3600; t < 3700; t++) {
      observed[1][t] = machine != 2;
      values[1][t] = machine == 2 ? values[1][3599] : values[1][t];
    }
  }

  private static JavaRDD<Segment> rdd(List<Segment> fleet, int partitions) {
    return JavaSparkContext.fromSparkContext(SharedSession.get().sparkContext())
        .parallelize(fleet, partitions);
  }

  private static DetectorConfig detection(List<Segment> fleet, AnomalySpec spec) {
    DetectorContext plan = Machines.plan(spec);
    ScoreCalibration scores = LocalDetection.calibrate(fleet, plan, Segment::length);
    return DetectorConfig.of(plan, scores, Machines.STEPS_PER_WEEK, fleet.size(), "model");
  }

  private record Tables(List<Row> anomalies, List<Row> events, List<Row> states, String said) {
    static Tables of(DetectResult result) {
      try (result) {
        return new Tables(
            result.anomalies().sort("series_id", "channel", "timestamp").collectAsList(),
            result.events(FLEET.size()).sort("series_id", "start").collectAsList(),
            plain(result.states().sort("series_id")),
            result.approximation().orElse("exact"));
      }
    }

    static Tables of(int partitions, AnomalySpec spec) {
      return of(
          DetectStage.detect(SharedSession.get(), rdd(FLEET, partitions), detection(CLEAN, spec)));
    }

    /** Rows whose bytes compare by value. */
    private static List<Row> plain(Dataset<Row> states) {
      return states.selectExpr("series_id", "next", "steps", "sha2(state, 256)").collectAsList();
    }
  }

  @Test
  void equalsOneStretchWhereWarmUpsCoverAllThePast() {
    Tables exact = Tables.of(2, EXACT);
    Tables cut = Tables.of(2, EXACT.inParallelChunks(SEGMENTS, STEPS));
    assertThat(cut.anomalies()).isEqualTo(exact.anomalies());
    assertThat(cut.events()).isEqualTo(exact.events());
    assertThat(cut.states()).isEqualTo(exact.states());
    assertThat(exact.events()).anyMatch(row -> hours(row) > 2200);
    assertThat(exact.events()).anyMatch(row -> row.getAs("similar_window") != null);
    assertThat(cut.said()).startsWith("approximate: 3 of 3 series were scored in 15 chunks");
  }

  private static long hours(Row event) {
    long start = event.<Timestamp>getAs("start").getTime();
    return (event.<Timestamp>getAs("end").getTime() - start) / 3_600_000;
  }

  @Test
  void scoringLeavesAStretchAsItWas() {
    DetectorConfig detection = detection(CLEAN, EXACT.inParallelChunks(SEGMENTS, 100));
    Chunk chunk =
        new ChunkCutter(detection)
            .chunks(FLEET.get(0), Optional.empty())
            .toList()
            .get(SEGMENTS - 1);
    try (WindowForecaster forecaster = detection.plan().model().open()) {
      SeriesDetection scorer = new SeriesDetection(detection, forecaster);
      double[] first = scorer.score(chunk).surprisals();
      assertThat(scorer.score(chunk).surprisals()).isEqualTo(first);
      assertThat(Arrays.stream(first).max().orElseThrow()).isGreaterThan(1);
    }
  }

  @Test
  void equalsOneStretchOnRowsWithoutAGrid() {
    long[] micros = new long[STEPS];
    Arrays.setAll(
        micros, i -> i % 9 == 0 ? RowAxis.ABSENT : 1_700_000_000_000_000L + i / 2 * 7_000_000L);
    Segment grid = FLEET.get(1);
    Segment rows =
        Segment.whole(
            "rows",
            new RowAxis(100, micros),
            STEPS,
            new float[][] {grid.row(0).toFloats(), grid.row(1).toFloats()},
            new long[][] {grid.observed(0), grid.observed(1)},
            new int[0]);
    List<List<Row>> tables = new ArrayList<>();
    for (AnomalySpec spec : List.of(EXACT, EXACT.inParallelChunks(SEGMENTS, STEPS))) {
      try (DetectResult result =
          DetectStage.detect(
              SharedSession.get(), rdd(List.of(rows), 1), detection(List.of(rows), spec))) {
        tables.add(result.anomalies().sort("row", "channel").collectAsList());
        tables.add(result.events(1).sort("start", "end").collectAsList());
      }
    }
    assertThat(tables.get(1)).isNotEmpty();
    assertThat(tables.get(2)).isEqualTo(tables.get(0));
    assertThat(tables.get(3)).isEqualTo(tables.get(1));
  }

  @Test
  @Tag("long")
  void givesTheSameTablesForAnyPartitioning() {
    AnomalySpec spec = EXACT.inParallelChunks(SEGMENTS, 500);
    Tables one = Tables.of(1, spec);
    assertThat(Tables.of(2, spec)).isEqualTo(one);
    assertThat(Tables.of(7, spec)).isEqualTo(one);
    assertThat(one.anomalies()).isNotEqualTo(Tables.of(2, EXACT).anomalies());
  }

  @Test
  void scoresEveryRowOnce() {
    String[] key = {"series_id", "channel", "timestamp"};
    try (DetectResult exact =
            DetectStage.detect(SharedSession.get(), rdd(FLEET, 2), detection(CLEAN, EXACT));
        DetectResult cut =
            DetectStage.detect(
                SharedSession.get(),
                rdd(FLEET, 2),
                detection(CLEAN, EXACT.inParallelChunks(7, 100)))) {
      String observed = "value is not null";
      Dataset<Row> rows =
          cut.anomalies().where(observed).select("series_id", "channel", "timestamp");
      Dataset<Row> wanted =
          exact.anomalies().where(observed).select("series_id", "channel", "timestamp");
      assertThat(rows.sort(key[0], key[1], key[2]).collectAsList())
          .isEqualTo(wanted.sort(key[0], key[1], key[2]).collectAsList());
    }
  }

  @Test
  @Tag("long")
  void goesOnFromTheStateOfTheLastStretch() {
    AnomalySpec spec = EXACT.inParallelChunks(SEGMENTS, STEPS);
    DetectorConfig detection = detection(CLEAN, spec);
    List<Segment> half =
        FLEET.stream().map(each -> alone(each.slice(0, 2713, 2713, 0, 2714))).toList();
    Tables whole = Tables.of(2, EXACT);
    try (DetectResult first = DetectStage.detect(SharedSession.get(), rdd(half, 2), detection)) {
      Tables second =
          Tables.of(
              DetectStage.resume(
                  SharedSession.get(), rdd(FLEET, 3), first.states(), Machines.CLEAN, detection));
      assertThat(DetectStageTest.merged(first.anomalies().collectAsList(), second.anomalies()))
          .containsExactlyInAnyOrderElementsOf(whole.anomalies());
      assertThat(second.states()).isEqualTo(whole.states());
      assertThat(second.events()).isNotEmpty().isSubsetOf(whole.events());
      assertThat(second.said()).contains("in 15 chunks");
    }
  }

  /** A slice as a series of its own. */
  private static Segment alone(Segment slice) {
    float[][] values = {slice.row(0).toFloats(), slice.row(1).toFloats()};
    long[][] bits = {slice.observed(0), slice.observed(1)};
    return Segment.whole(slice.seriesId(), slice.axis(), slice.length(), values, bits, new int[0]);
  }

  @Test
  @Tag("long")
  void isCloseToTheExactScoresAfterTheDerivedWarmUp() {
    List<Segment> fleet = Machines.fleet(1, 60_000, (m, values, observed) -> {});
    double[] exact = scores(fleet, EXACT);
    double[] derived = differences(exact, scores(fleet, EXACT.inParallelChunks(8, 0)));
    double[] shorter = differences(exact, scores(fleet, EXACT.inParallelChunks(2, 100)));
    assertThat(Arrays.stream(derived).max().orElseThrow()).isGreaterThan(0);
    assertThat(Arrays.stream(derived).average().orElseThrow()).isLessThan(.005);
    assertThat(Arrays.stream(shorter).average().orElseThrow())
        .isGreaterThan(2 * Arrays.stream(derived).average().orElseThrow());
  }

  private static double[] scores(List<Segment> fleet, AnomalySpec spec) {
    try (DetectResult result =
        DetectStage.detect(SharedSession.get(), rdd(fleet, 1), detection(fleet, spec))) {
      return result
          .anomalies()
          .sort("series_id", "channel", "timestamp")
          .select("anomaly_score")
          .collectAsList()
          .stream()
          .mapToDouble(row -> row.getDouble(0))
          .toArray();
    }
  }

  private static double[] differences(double[] exact, double[] other) {
    assertThat(other).hasSameSizeAs(exact);
    double[] off = new double[exact.length];
    Arrays.setAll(off, i -> Math.abs(exact[i] - other[i]));
    return off;
  }

  @Test
  @Tag("long")
  void takesNoMoreStretchesThanItHasWarmUps() {
    Tables cut = Tables.of(2, EXACT.inParallelChunks(SEGMENTS, 0));
    assertThat(cut.said()).startsWith("exact").contains("none of 3 series", "24994 rows");
    assertThat(cut.anomalies()).isEqualTo(Tables.of(2, EXACT).anomalies());
  }

  @Test
  void refusesSettingsOutOfRangeByName() {
    assertThatThrownBy(() -> EXACT.inParallelChunks(0, 0))
        .hasMessage("parallelChunks must be in [1, 10000], found 0 (key anomaly.parallelChunks)");
    assertThatThrownBy(() -> EXACT.inParallelChunks(10_001, 0))
        .hasMessageContaining("key anomaly.parallelChunks");
    assertThatThrownBy(() -> EXACT.inParallelChunks(2, -1))
        .hasMessage("chunkWarmUp must be >= 0, found -1 (key anomaly.chunkWarmUp)");
  }
}

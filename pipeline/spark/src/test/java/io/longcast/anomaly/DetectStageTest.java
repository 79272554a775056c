package io.longcast.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longcast.series.Segment;
import io.longcast.testing.SharedSession;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DetectStageTest {
  private static final int STEPS = 1500;
  private static final int FLEET = 12;
  private static final long START = java.time.Instant.parse("2024-02-11T16:00:00Z").toEpochMilli();

  private static JavaRDD<Segment> rdd(List<Segment> fleet, int partitions) {
    return JavaSparkContext.fromSparkContext(SharedSession.get().sparkContext())
        .parallelize(fleet, partitions);
  }

  private static DetectorConfig detection(List<Segment> fleet, int partitions, AnomalySpec spec) {
    DetectorContext plan = Machines.plan(spec);
    ScoreCalibration scores = ScoreCalibrationStage.calibrate(rdd(fleet, partitions), plan, 0);
    return DetectorConfig.of(plan, scores, Machines.STEPS_PER_WEEK, fleet.size(), "model");
  }

  /** A shift of one machine, a dead channel of another, a stuck one of a third. */
  private static void faults(int machine, float[][] values, boolean[][] observed) {
    for (int t = 1000; t < 1040; t++) {
      values[0][t] += machine == 3 ? 12 : 0;
      observed[1][t] = machine != 5;
      values[1][t] = machine == 5 || machine == 7 ? values[1][999] : values[1][t];
    }
  }

  private static List<Row> sorted(Dataset<Row> rows, String... by) {
    return rows.sort(by[0], java.util.Arrays.copyOfRange(by, 1, by.length)).collectAsList();
  }

  private record Tables(List<Row> anomalies, List<Row> events) {
    static Tables of(List<Segment> fleet, int partitions, AnomalySpec spec) {
      try (DetectResult result =
          DetectStage.detect(
              SharedSession.get(), rdd(fleet, partitions), detection(fleet, partitions, spec))) {
        return new Tables(
            sorted(result.anomalies(), "series_id", "channel", "timestamp"),
            sorted(result.events(fleet.size()), "series_id", "start"));
      }
    }
  }

  @Test
  @Tag("long")
  void givesTheSameTablesForAnyPartitioning() {
    List<Segment> fleet = Machines.fleet(FLEET, STEPS, DetectStageTest::faults);
    AnomalySpec spec = Machines.spec(1, 0);
    Tables one = Tables.of(fleet, 1, spec);
    assertThat(Tables.of(fleet, 2, spec)).isEqualTo(one);
    assertThat(Tables.of(fleet, 7, spec)).isEqualTo(one);
    assertThat(one.anomalies()).hasSizeGreaterThan(FLEET * (STEPS - 168) * 2 - 100);
  }

  @Test
  void findsFaultsAndBlamesTheirChannel() {
    Tables tables =
        Tables.of(Machines.fleet(FLEET, STEPS, DetectStageTest::faults), 2, Machines.spec(.5, 0));
    assertThat(event(tables, "machine-3", "heat", "shift")).isPresent();
    assertThat(event(tables, "machine-5", "hum", "missing")).isPresent();
    assertThat(event(tables, "machine-7", "hum", "stuck")).isPresent();
    assertThat(
            tables.anomalies().stream()
                .filter(row -> row.<String>getAs("series_id").equals("machine-5"))
                .filter(row -> row.<Boolean>getAs("is_anomaly") && row.isNullAt(4)))
        .isNotEmpty()
        .allMatch(row -> row.<String>getAs("channel").equals("hum"));
  }

  private static Optional<Row> event(Tables tables, String series, String channel, String kind) {
    return tables.events().stream()
        .filter(row -> row.<String>getAs("series_id").equals(series))
        .filter(row -> row.<Object>getList(row.fieldIndex("channels")).get(0).equals(channel))
        .filter(row -> row.<String>getAs("kind").equals(kind))
        .filter(row -> row.<java.sql.Timestamp>getAs("start").getTime() >= START)
        .findFirst();
  }

  @Test
  void scoresAreTailProbabilitiesForEverySeriesAndChannel() {
    Tables tables =
        Tables.of(Machines.fleet(FLEET, STEPS, (m, v, o) -> {}), 2, Machines.spec(1, 0));
    for (String channel : Machines.LAYOUT.channels()) {
      List<Row> rows =
          tables.anomalies().stream()
              .filter(row -> row.<String>getAs("channel").equals(channel))
              .toList();
      for (double level : new double[] {.9, .99, .999}) {
        double share =
            rows.stream().filter(row -> row.<Double>getAs("anomaly_score") > level).count()
                / (double) rows.size();
        assertThat(share)
            .as(channel + level)
            .isCloseTo(1 - level, within((level > .99 ? .7 : .25) * (1 - level)));
      }
    }
  }

  @Test
  @Tag("long")
  void goesOnFromSavedStatesAsIfNothingHadHappened() {
    SparkSession spark = SharedSession.get();
    List<Segment> whole = Machines.fleet(FLEET, STEPS, DetectStageTest::faults);
    List<Segment> half =
        whole.stream().map(each -> each.slice(0, 1013, 1013, 0, 1014)).map(this::alone).toList();
    DetectorConfig detection = detection(whole, 2, Machines.spec(1, 0));
    try (DetectResult all = DetectStage.detect(spark, rdd(whole, 2), detection);
        DetectResult first = DetectStage.detect(spark, rdd(half, 3), detection);
        DetectResult second =
            DetectStage.resume(spark, rdd(whole, 2), first.states(), Machines.CLEAN, detection)) {
      assertThat(merged(first.anomalies().collectAsList(), second.anomalies().collectAsList()))
          .containsExactlyInAnyOrderElementsOf(all.anomalies().collectAsList());
      assertThat(second.events(FLEET).collectAsList())
          .isNotEmpty()
          .isSubsetOf(all.events(FLEET).collectAsList());
    }
  }

  /** Rows as a table keeps them: those of the later run replace those of the same key. */
  static Collection<Row> merged(List<Row> first, List<Row> second) {
    Map<List<Object>, Row> rows = new LinkedHashMap<>();
    for (List<Row> run : List.of(first, second)) {
      for (Row row : run) {
        rows.put(Arrays.asList(row.get(0), row.get(1), row.get(2), row.get(3)), row);
      }
    }
    return rows.values();
  }

  /** The states were saved at one alarm a week, the run that goes on wants twenty. */
  @Test
  void goesOnAtTheBudgetOfTheSettings() {
    SparkSession spark = SharedSession.get();
    List<Segment> whole = Machines.fleet(FLEET, STEPS, (m, v, o) -> {});
    List<Segment> half =
        whole.stream().map(each -> each.slice(0, 900, 900, 0, 901)).map(this::alone).toList();
    DetectorConfig rare = detection(whole, 2, Machines.spec(1, 0));
    DetectorConfig often = detection(whole, 2, Machines.spec(20, 0));
    try (DetectResult first = DetectStage.detect(spark, rdd(half, 2), rare);
        DetectResult same =
            DetectStage.resume(spark, rdd(whole, 2), first.states(), Machines.CLEAN, rare);
        DetectResult changed =
            DetectStage.resume(spark, rdd(whole, 2), first.states(), Machines.CLEAN, often)) {
      double weeks = FLEET * (STEPS - 900) / Machines.STEPS_PER_WEEK;
      assertThat(same.events(FLEET).count() / weeks).isBetween(.5, 1.5);
      assertThat(changed.events(FLEET).count() / weeks).isBetween(10.0, 25.0);
    }
  }

  /** A slice as a series of its own. */
  private Segment alone(Segment slice) {
    float[][] values = {slice.row(0).toFloats(), slice.row(1).toFloats()};
    long[][] bits = {slice.observed(0), slice.observed(1)};
    return Segment.whole(slice.seriesId(), slice.axis(), slice.length(), values, bits, new int[0]);
  }

  @Test
  @Tag("long")
  void keepsOnlyWhatStandsAgainstTheWholeFleet() {
    List<Segment> fleet = Machines.fleet(40, STEPS, DetectStageTest::faults);
    List<Row> all = Tables.of(fleet, 2, Machines.spec(3, 0)).events();
    List<Row> standing = Tables.of(fleet, 2, Machines.spec(3, .1)).events();
    assertThat(all).hasSizeGreaterThan(40);
    assertThat(standing).isNotEmpty().hasSizeLessThan(all.size() / 4).isSubsetOf(all);
    assertThat(standing.stream().map(row -> row.<String>getAs("series_id")))
        .contains("machine-3", "machine-7");
  }

  @Test
  void isBlindToTheFuture() {
    List<Segment> fleet = Machines.fleet(2, STEPS, (m, v, o) -> {});
    List<Segment> poisoned =
        Machines.fleet(
            2,
            STEPS,
            (m, values, observed) -> {
              for (int t = 1200; t < STEPS; t++) {
                values[0][t] = 1e6f;
                values[1][t] = -1e6f;
              }
            });
    DetectorConfig detection = detection(fleet, 1, Machines.spec(1, 0));
    try (DetectResult clean = DetectStage.detect(SharedSession.get(), rdd(fleet, 1), detection);
        DetectResult later = DetectStage.detect(SharedSession.get(), rdd(poisoned, 1), detection)) {
      String before = "timestamp < timestamp'2024-02-20 00:00:00'";
      assertThat(known(later, before)).isNotEmpty().isEqualTo(known(clean, before));
    }
  }

  /** Without what later rows say of them. */
  private static List<Row> known(DetectResult result, String before) {
    Dataset<Row> rows = result.anomalies().where(before).drop("settled_score");
    return sorted(rows, "series_id", "channel", "timestamp");
  }

  /** Meters at 1.5e9 are judged like machines at 50, and their table carries what was read. */
  @Test
  void aLargeLevelChangesNoScore() {
    List<Segment> plain =
        Machines.fleet(
            FLEET,
            STEPS,
            (machine, values, observed) -> {
              faults(machine, values, observed);
              values[0][1200] += machine == 4 ? 40 : 0;
            });
    List<Segment> lifted = plain.stream().map(each -> Machines.lifted(each, 1.5e9)).toList();
    Tables low = Tables.of(plain, 2, Machines.spec(1, 0));
    Tables high = Tables.of(lifted, 2, Machines.spec(1, 0));
    assertThat(high.anomalies()).hasSameSizeAs(low.anomalies());
    int alarms = 0;
    for (int i = 0; i < low.anomalies().size(); i++) {
      Row expected = low.anomalies().get(i);
      Row found = high.anomalies().get(i);
      alarms += found.<Boolean>getAs("is_anomaly") ? 1 : 0;
      assertThat(found.<Double>getAs("anomaly_score"))
          .isCloseTo(expected.<Double>getAs("anomaly_score"), within(2e-3));
      if (!found.isNullAt(4)) {
        assertThat(found.getDouble(4)).isEqualTo((float) expected.getDouble(4) + 1.5e9);
      }
    }
    assertThat(alarms).isPositive();
    assertThat(event(high, "machine-4", "heat", "spike")).isPresent();
    assertThat(event(high, "machine-7", "hum", "stuck")).isPresent();
  }

  /** A channel that never moved is not stuck. */
  @Test
  void aConstantChannelIsNotStuck() {
    List<Segment> fleet =
        Machines.fleet(
            FLEET,
            STEPS,
            (machine, values, observed) -> {
              faults(machine, values, observed);
              if (machine == 2) {
                java.util.Arrays.fill(values[1], 7);
              }
            });
    Tables tables = Tables.of(fleet, 2, Machines.spec(1, 0));
    assertThat(tables.events())
        .filteredOn(row -> row.<String>getAs("series_id").equals("machine-2"))
        .allSatisfy(
            row -> assertThat(row.getList(row.fieldIndex("channels")).get(0)).isEqualTo("heat"));
    assertThat(event(tables, "machine-7", "hum", "stuck")).isPresent();
  }
}

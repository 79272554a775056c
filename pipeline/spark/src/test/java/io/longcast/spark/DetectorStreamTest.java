package io.longcast.spark;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.alert.AlertServer;
import io.longcast.config.RunSpec;
import io.longcast.flow.StreamFlow;
import io.longcast.stream.StreamCounts;
import io.longcast.table.AnomaliesTable;
import io.longcast.table.DetectorStatesTable;
import io.longcast.table.EventsTable;
import io.longcast.table.RejectsTable;
import io.longcast.testing.SharedSession;
import io.longcast.write.TableReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stream gives the scores and events that detection in one pass gives, bit for bit. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DetectorStreamTest {
  private static final int FILES = 42;
  private static final long WATERMARK = 6 * ArrivingRows.HOUR;

  @TempDir static Path shared;
  @TempDir Path folder;

  private final SparkSession spark = SharedSession.get();
  private AnomalyDetectorModel detector;
  private List<String> scores;
  private Map<String, String> events;

  @BeforeAll
  void detectInOnePass() throws Exception {
    ArrivingRows all = new ArrivingRows(shared.resolve("all"));
    all.add(ArrivingRows.lines(1));
    Dataset<Row> history = all.atRest(spark);
    ForecasterModel forecaster = Meters.forecaster().set("training.steps", 10).fit(history);
    detector = new AnomalyDetector().setForecaster(forecaster).setAlarmBudget(1).fit(history);
    detector.set("stream.watermark", "6 hours");
    List<Row> found = detector.anomalies(history).collectAsList();
    scores = StreamRun.sorted(found);
    requireValuesAsRead(found, history);
    events = StreamRun.events(detector.events(history).collectAsList());
    assertThat(events.values()).anyMatch(row -> row.contains("open"));
    assertThat(events.values()).anyMatch(row -> row.contains("closed"));
  }

  /** The rows have sixteen digits; a value may be that of a duplicate. */
  private static void requireValuesAsRead(List<Row> found, Dataset<Row> history) {
    Set<List<Object>> read =
        history.collectAsList().stream()
            .map(row -> Arrays.asList(row.get(0), row.get(1), row.get(2)))
            .collect(Collectors.toSet());
    assertThat(found.stream().filter(row -> !row.isNullAt(4)))
        .hasSizeGreaterThan(300)
        .allMatch(row -> read.contains(Arrays.asList(row.get(0), row.get(2), row.get(4))));
  }

  private SparkSession session(int partitions) {
    SparkSession session = spark.newSession();
    session.conf().set("spark.sql.shuffle.partitions", partitions);
    return session;
  }

  private void requireOneTruth(StreamRun run) {
    assertThat(StreamRun.sorted(run.rows(AnomaliesTable.TABLE))).isEqualTo(scores);
    assertThat(run.events()).isEqualTo(events);
    assertThat(run.rows(RejectsTable.TABLE)).noneMatch(row -> row.getString(1).equals("detect"));
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({"1, 1", "7, 2", "1, 7", "42, 2", "42, 7"})
  void microBatchesOfAnySizeGiveTheScoresAndEventsOfOnePass(int batches, int partitions)
      throws Exception {
    requireOneTruth(stream(batches, partitions));
  }

  private StreamRun stream(int batches, int partitions) throws Exception {
    ArrivingRows rows = new ArrivingRows(folder.resolve("rows"));
    rows.add(ArrivingRows.lines(2), FILES);
    rows.add(List.of(ArrivingRows.clock(WATERMARK)));
    Dataset<Row> arriving =
        rows.arriving(session(partitions), batches == 1 ? 2 * FILES : FILES / batches);
    StreamRun run = new StreamRun(folder.resolve("checkpoint"));
    run.available(detector.transformStream(arriving));
    assertThat(run.batches()).isGreaterThanOrEqualTo(batches);
    return run;
  }

  @Test
  @Tag("long")
  void aStreamThatIsKilledGoesOnFromItsCheckpoint() throws Exception {
    requireOneTruth(killed(2));
  }

  @Tag("long")
  @Test
  void aStreamThatIsKilledFiveTimesToo() throws Exception {
    requireOneTruth(killed(5));
  }

  /** States in RocksDB, with its change log, are those in memory. */
  @Tag("long")
  @Test
  void theStateStoreDoesNotMatter() throws Exception {
    SparkSession session = session(2);
    session
        .conf()
        .set(
            "spark.sql.streaming.stateStore.providerClass",
            "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider");
    session
        .conf()
        .set("spark.sql.streaming.stateStore.rocksdb.changelogCheckpointing.enabled", true);
    requireOneTruth(killed(5, session));
  }

  private StreamRun killed(int starts) throws Exception {
    return killed(starts, session(2));
  }

  private StreamRun killed(int starts, SparkSession session) throws Exception {
    ArrivingRows rows = new ArrivingRows(folder.resolve("rows"));
    List<String> lines = new ArrayList<>(ArrivingRows.lines(4));
    lines.add(ArrivingRows.clock(WATERMARK));
    Dataset<Row> streamed = detector.transformStream(rows.arriving(session, 5));
    StreamRun run = new StreamRun(folder.resolve("checkpoint"));
    for (int i = 0; i < starts; i++) {
      int from = lines.size() * i / starts;
      rows.add(lines.subList(from, lines.size() * (i + 1) / starts), 8);
      run.killed(streamed, run.batches() + 1);
    }
    return run.available(streamed);
  }

  @Test
  void rowsThatAreNotUsedAreListedAndCountedNotDropped() throws Exception {
    ArrivingRows rows = new ArrivingRows(folder.resolve("rows"));
    List<String> lines = new ArrayList<>(ArrivingRows.lines(1).subList(0, 300));
    rows.add(lines);
    StreamRun run = new StreamRun(folder.resolve("checkpoint"));
    run.available(detector.transformStream(rows.arriving(session(2), 1)));
    rows.add(
        List.of(
            ",2024-01-04T00:00:00Z,5,1",
            "m0,2124-01-01T00:00:00Z,5,2",
            "m0,2024-01-01T05:00:00Z,5,3",
            "m1,2024-01-01T06:00:00Z,,4"));
    run.available(detector.transformStream(rows.arriving(session(2), 1)));
    List<Row> rejects = run.rows(RejectsTable.TABLE);
    assertThat(rejects).filteredOn(row -> reason(row).contains("missing series id")).hasSize(1);
    assertThat(rejects).filteredOn(row -> reason(row).contains("stream.maxAhead")).hasSize(1);
    assertThat(rejects)
        .filteredOn(row -> reason(row).startsWith("late"))
        .hasSize(2)
        .allMatch(row -> row.getString(1).equals(RejectsTable.DETECT))
        .anyMatch(row -> row.getString(6).contains("\"load\":5.0"));
    assertThat(rejects).filteredOn(row -> reason(row).startsWith("duplicate time")).isNotEmpty();
  }

  private static String reason(Row reject) {
    return reject.getString(5);
  }

  /** The states of a batch run start a stream, and those of a stream a batch run. */
  @Test
  @Tag("long")
  void goesOnWhereABatchRunEnded() throws Exception {
    ArrivingRows rows = new ArrivingRows(folder.resolve("rows"));
    List<String> lines = ArrivingRows.lines(1);
    long half = ArrivingRows.START + ArrivingRows.STEPS / 2 * ArrivingRows.HOUR;
    List<String> before = lines.stream().filter(line -> seconds(line) < half).toList();
    List<String> after = new ArrayList<>(lines.stream().filter(l -> seconds(l) >= half).toList());
    after.add(ArrivingRows.clock(WATERMARK));
    ArrivingRows history = new ArrivingRows(folder.resolve("history"));
    history.add(before);
    Dataset<Row> states = detector.states(history.atRest(spark));
    DetectorStatesTable.TABLE.requireConforms(states.schema());
    rows.add(after, 6);
    StreamRun run = new StreamRun(folder.resolve("checkpoint"));
    run.available(detector.transformStream(rows.arriving(session(2), 2), states));
    List<Row> all = new ArrayList<>(detector.anomalies(history.atRest(spark)).collectAsList());
    all.addAll(run.rows(AnomaliesTable.TABLE));
    assertThat(StreamRun.sorted(all)).isEqualTo(scores);
    List<Row> found = new ArrayList<>(detector.events(history.atRest(spark)).collectAsList());
    found.addAll(run.rows(EventsTable.TABLE));
    assertThat(StreamRun.events(found)).isEqualTo(events);
    assertThat(run.rows(DetectorStatesTable.TABLE))
        .extracting(row -> row.getString(0))
        .contains("m0", "m1", "m2");
  }

  private static long seconds(String line) {
    return Instant.parse(line.split(",")[1]).getEpochSecond();
  }

  /** What longcast stream runs. */
  @Test
  void theFlowWritesTheTables() throws Exception {
    ArrivingRows rows = new ArrivingRows(folder.resolve("rows"));
    // Of rows with equal times the last one counts: in text, which has no row numbers, by place.
    rows.add(ArrivingRows.lines(5).stream().sorted(comparing(ArrivingRows::row)).toList());
    rows.add(List.of(ArrivingRows.clock(WATERMARK)));
    AnomalyDetectorModel own = detector.copy(new ParamMap());
    own.set("output.path", folder.resolve("out").toString()).set("stream.partitions", 2);
    RunSpec run = own.run().withSource("csv", folder.resolve("rows").toString());
    List<String> said = new ArrayList<>();
    StreamFlow.Outcome done =
        new StreamFlow(spark, run, StreamFlow.fixed(own.served()), said::add).run(true);
    assertThat(said).last().asString().contains(" rows (").contains("4 series of");
    assertThat(done.counts().get(StreamCounts.Kind.STATE_BYTES)).isPositive();
    TableReader tables = new TableReader(spark, run.output());
    assertThat(StreamRun.sorted(tables.read(AnomaliesTable.TABLE).collectAsList()))
        .isEqualTo(scores);
    assertThat(StreamRun.events(tables.read(EventsTable.TABLE).collectAsList())).isEqualTo(events);
    assertThat(tables.read(RejectsTable.TABLE).collectAsList())
        .isNotEmpty()
        .allMatch(row -> row.getString(0).contains("micro-batch"));
  }

  /** Every opening and closing once, to a server that is down for the first stream. */
  @Test
  @Tag("long")
  void alertsAreDeliveredOnceOverRestarts() throws Exception {
    ArrivingRows rows = new ArrivingRows(folder.resolve("rows"));
    List<String> lines = ArrivingRows.lines(6);
    rows.add(lines.subList(0, lines.size() / 2));
    try (AlertServer server = new AlertServer(n -> 200)) {
      AnomalyDetectorModel own = detector.copy(new ParamMap());
      own.set("output.path", folder.resolve("out").toString())
          .set("stream.partitions", 2)
          .set("alerts.http", "[{name = pager, url = \"" + server.url() + "\"}]")
          .set("alerts.attempts", 1)
          .set("alerts.maxAge", "100 days")
          .set("alerts.file", folder.resolve("alerts").toString());
      RunSpec run = own.run().withSource("csv", folder.resolve("rows").toString());
      server.stop();
      new StreamFlow(spark, run, StreamFlow.fixed(own.served()), line -> {}).run(true);
      assertThat(server.requests).isEmpty();
      server.start();
      rows.add(lines.subList(lines.size() / 2, lines.size()));
      rows.add(List.of(ArrivingRows.clock(WATERMARK)));
      new StreamFlow(spark, run, StreamFlow.fixed(own.served()), line -> {}).run(true);
      new StreamFlow(spark, run, StreamFlow.fixed(own.served()), line -> {}).run(true);
      List<Row> found =
          new TableReader(spark, run.output()).read(EventsTable.TABLE).collectAsList();
      long closed = found.stream().filter(row -> row.toString().contains("closed")).count();
      assertThat(server.taken)
          .as("keys are of openings and closings")
          .hasSize(found.size() + (int) closed);
      assertThat(server.requests).hasSize(server.taken.size());
    }
  }

  @Test
  void refusesRowsAtRest() {
    Dataset<Row> rows = spark.emptyDataFrame();
    assertThatThrownBy(() -> detector.transformStream(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("spark.readStream()");
  }
}

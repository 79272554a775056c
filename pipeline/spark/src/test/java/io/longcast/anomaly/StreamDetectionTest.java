package io.longcast.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.anomaly.score.DetectorSpec;
import io.longcast.clean.Arrival;
import io.longcast.clean.ArrivalPlan;
import io.longcast.clean.ArrivedChunks;
import io.longcast.clean.CategoryCodes;
import io.longcast.model.WindowForecaster;
import io.longcast.series.Frequency;
import io.longcast.series.GridAxis;
import io.longcast.series.Segment;
import io.longcast.series.SeriesValues;
import io.longcast.settings.SettingException;
import io.longcast.state.StateFormatException;
import io.longcast.stream.StreamKernel;
import io.longcast.stream.StreamUpdate;
import io.longcast.table.AnomaliesTable;
import io.longcast.table.DetectorStatesTable;
import io.longcast.table.EventsTable;
import io.longcast.table.RejectsTable;
import io.longcast.table.StreamedTables;
import io.longcast.table.TableShape;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that arrive in any parts are scored as all of them together, bit for bit. */
class StreamDetectionTest {
  private static final int STEPS = 700;
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final long HOUR = TimeUnit.HOURS.toMicros(1);
  private static final long DAY = 24 * HOUR;
  private static final long START =
      TimeUnit.SECONDS.toMicros(Instant.parse("2024-01-01T00:00:00Z").getEpochSecond());
  private static final long DELAY = 5 * HOUR;
  private static final List<Segment> WHOLE =
      Machines.fleet(3, STEPS, StreamDetectionTest::faults).stream()
          .map(StreamDetectionTest::asRead)
          .toList();
  private static final DetectorConfig DETECTION = detection(Machines.spec(1, 0), "model");

  /** A shift, a spike, a channel that dies, and one stuck to the end. */
  private static void faults(int machine, float[][] values, boolean[][] observed) {
    for (int t = 400; t < 440; t++) {
      values[0][t] += machine == 0 ? 12 : 0;
      observed[1][t] = machine != 1;
      observed[0][t] = machine != 2;
      observed[1][t] &= machine != 2;
    }
    values[1][519] += machine == 1 ? 4 : 0;
    for (int t = 650; t < STEPS; t++) {
      values[0][t] = machine == 2 ? values[0][649] : values[0][t];
    }
  }

  /** Values as cleaning hands them on: doubles, the last one held where none was observed. */
  private static Segment asRead(Segment segment) {
    SeriesValues[] values = new SeriesValues[2];
    for (int c = 0; c < 2; c++) {
      double[] row = segment.row(c).toDoubles();
      for (int t = 1; t < row.length; t++) {
        row[t] = segment.isObserved(c, t) ? row[t] : row[t - 1];
      }
      values[c] = SeriesValues.of(row);
    }
    long[][] observed = {segment.observed(0), segment.observed(1)};
    GridAxis axis = Frequency.parse("1h").axis(segment.axis().instant(0).orElseThrow(), UTC);
    return Segment.whole(segment.seriesId(), axis, segment.length(), values, observed, new int[0]);
  }

  private static DetectorConfig detection(AnomalySpec spec, String model) {
    DetectorContext plan = Machines.plan(spec);
    List<Segment> usual = Machines.fleet(3, STEPS, (m, v, o) -> {});
    return DetectorConfig.of(
        plan,
        LocalDetection.calibrate(usual, plan, Segment::length),
        Machines.STEPS_PER_WEEK,
        3,
        model);
  }

  private static StreamPlan plan(DetectorConfig detection, long silentMicros) {
    ArrivalPlan arrivals =
        new ArrivalPlan(
            Machines.LAYOUT,
            Machines.CLEAN,
            Frequency.parse("1h"),
            CategoryCodes.none(),
            "rows",
            silentMicros);
    return new StreamPlan(detection, arrivals, 10 * DAY, 2 * DAY, null, 0);
  }

  /** Tables as streams leave them, and the state. */
  private static final class Tables {
    final List<String> anomalies = new ArrayList<>();
    final Map<String, String> events = new TreeMap<>();
    final List<Row> states = new ArrayList<>();
    final List<Row> rejects = new ArrayList<>();
    byte[] state;
    StreamUpdate last;

    void take(StreamKernel kernel, String id, List<byte[]> chunks, long watermark) {
      last = kernel.take(id, state, chunks, watermark);
      state = last.state();
      of(AnomaliesTable.TABLE).forEachRemaining(row -> anomalies.add(row.toString()));
      of(EventsTable.TABLE).forEachRemaining(row -> events.put(row.getString(0), text(row)));
      of(DetectorStatesTable.TABLE).forEachRemaining(states::add);
      of(RejectsTable.TABLE).forEachRemaining(rejects::add);
    }

    private Iterator<Row> of(TableShape table) {
      int column = StreamedTables.SCHEMA.fieldIndex(table.name());
      return last.rows().stream()
          .filter(row -> row.getString(0).equals(table.name()))
          .map(row -> row.<Row>getAs(column))
          .iterator();
    }

    private static String text(Row row) {
      return IntStream.range(0, EventsTable.SCHEMA.size())
          .mapToObj(c -> c == 6 ? List.of((Object[]) row.get(c)) : row.get(c))
          .toList()
          .toString();
    }
  }

  private static Tables onePass(Segment segment) {
    Tables tables = new Tables();
    try (WindowForecaster forecaster = DETECTION.plan().model().open()) {
      ScoredSeries scored =
          new SeriesDetection(DETECTION, forecaster).score(segment, Optional.empty());
      List<String> channels = Machines.LAYOUT.channels();
      new AnomalyRows(channels, AnomalySpec.Keep.ALL, "model")
          .of(scored)
          .forEachRemaining(row -> tables.anomalies.add(row.toString()));
      new EventRows(channels, "model")
          .of(scored)
          .forEachRemaining(row -> tables.events.put(row.getString(0), Tables.text(row)));
      tables.state = scored.state();
    }
    return tables;
  }

  private record Arriving(long at, long micros, byte[] chunk) {}

  /** The rows of a series, out of order by less than the watermark. */
  private static List<Arriving> rows(Segment segment, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ArrivedChunks chunks = new ArrivedChunks(Machines.LAYOUT);
    List<Arriving> rows = new ArrayList<>();
    for (int step = 0; step < segment.length(); step++) {
      double[] values = new double[2];
      for (int c = 0; c < 2; c++) {
        values[c] = segment.isObserved(c, step) ? segment.row(c).get(step) : Double.NaN;
      }
      long micros = START + step * HOUR;
      if (segment.isObserved(0, step) || segment.isObserved(1, step)) {
        byte[] chunk = chunks.of(segment.seriesId(), micros, values);
        rows.add(new Arriving(micros + random.nextLong(DELAY), micros, chunk));
      }
    }
    rows.sort(Comparator.comparingLong(Arriving::at));
    return rows;
  }

  /** Feeds rows in micro-batches of random size, each with the watermark of those before. */
  private static Tables stream(StreamPlan plan, Segment segment, long seed, int mostRows) {
    SplittableRandom random = new SplittableRandom(seed);
    Tables tables = new Tables();
    List<Arriving> rows = rows(segment, seed);
    long newest = 0;
    int next = 0;
    while (next < rows.size()) {
      int end = Math.min(rows.size(), next + random.nextInt(mostRows + 1));
      List<Arriving> batch = rows.subList(next, end);
      try (StreamKernel kernel = plan.open()) {
        tables.take(
            kernel,
            segment.seriesId(),
            batch.stream().map(Arriving::chunk).toList(),
            Math.max(0, newest - DELAY));
      }
      newest = batch.stream().mapToLong(Arriving::micros).reduce(newest, Math::max);
      next = end;
    }
    try (StreamKernel kernel = plan.open()) {
      tables.take(kernel, segment.seriesId(), List.of(), START + STEPS * HOUR);
    }
    return tables;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 60, STEPS})
  void microBatchesOfAnySizeGiveTheRowsAndEventsOfOnePass(int mostRows) {
    for (Segment whole : WHOLE) {
      Tables expected = onePass(whole);
      Tables found = stream(plan(DETECTION, 0), whole, 7 + mostRows, mostRows);
      assertThat(found.anomalies).isEqualTo(expected.anomalies).isNotEmpty();
      assertThat(found.events).isEqualTo(expected.events).isNotEmpty();
      assertThat(found.rejects).isEmpty();
      StreamState state = StreamState.fromBytes(found.state, plan(DETECTION, 0));
      requireSame(state.savedBytes(), expected.state);
    }
  }

  /** How values are held may differ with the parts they came in, what they read as may not. */
  private static void requireSame(byte[] found, byte[] expected) {
    DetectorSpec detector = DETECTION.scores().detector();
    SavedSeries one = SavedSeries.fromBytes(found, detector, 2);
    SavedSeries other = SavedSeries.fromBytes(expected, detector, 2);
    assertThat(one.past()).hasToString(other.past().toString());
    for (int c = 0; c < 2; c++) {
      assertThat(one.past().row(c).toDoubles()).isEqualTo(other.past().row(c).toDoubles());
      assertThat(one.past().observed(c)).isEqualTo(other.past().observed(c));
    }
    assertThat(one.state().toBytes()).isEqualTo(other.state().toBytes());
  }

  @Test
  void aSilentSeriesIsScoredAsMissingUntilItExpires() {
    Segment whole = WHOLE.get(0);
    StreamPlan plan = plan(DETECTION, 0);
    Tables tables = stream(plan, whole, 3, 50);
    long end = START + STEPS * HOUR;
    assertThat(tables.last.wake()).isEqualTo(end + HOUR);
    int before = tables.events.size();
    try (StreamKernel kernel = plan.open()) {
      tables.take(kernel, whole.seriesId(), List.of(), end + 4 * DAY);
      assertThat(tables.events.values()).anyMatch(row -> row.contains("missing"));
      assertThat(tables.events).hasSizeGreaterThan(before);
      tables.take(kernel, whole.seriesId(), List.of(), end + 10 * DAY);
    }
    assertThat(tables.state).isNull();
    assertThat(tables.last.counts().expired()).isEqualTo(1);
    Row state = tables.states.get(tables.states.size() - 1);
    assertThat(state.getLong(2)).isEqualTo(STEPS + 240L);
    assertThat(StreamState.fromBytes(plan.resuming(state.getAs(3)), plan).saved(DETECTION))
        .isPresent();
  }

  @Test
  void rowsOfASeriesThatWasOfflineAreTakenWhileItCountsAsSilentForShort() {
    Segment whole = WHOLE.get(1);
    List<Arriving> rows = rows(whole, 1);
    List<byte[]> first = rows.subList(0, 300).stream().map(Arriving::chunk).toList();
    List<byte[]> later = rows.subList(300, 400).stream().map(Arriving::chunk).toList();
    long passed = START + 320 * HOUR;
    for (long silent : new long[] {0, 3 * DAY}) {
      StreamPlan plan = plan(DETECTION, silent);
      Tables tables = new Tables();
      try (StreamKernel kernel = plan.open()) {
        tables.take(kernel, whole.seriesId(), first, 0);
        tables.take(kernel, whole.seriesId(), List.of(), passed);
        tables.take(kernel, whole.seriesId(), later, passed);
      }
      assertThat(tables.rejects.isEmpty()).isEqualTo(silent > 0);
      assertThat(tables.rejects).allMatch(row -> row.getString(5).startsWith("late"));
      assertThat(tables.last.counts().late()).isEqualTo(tables.rejects.size());
    }
  }

  @Test
  void anotherModelGoesOnFromTheStateWhereItsDetectorIsTheSame() {
    Segment whole = WHOLE.get(0);
    Tables tables = stream(plan(DETECTION, 0), whole, 3, 200);
    byte[] state = tables.state;
    long later = START + (STEPS + 20) * HOUR;
    StreamPlan retrained = plan(detection(Machines.spec(2, 0), "other"), 0);
    try (StreamKernel kernel = retrained.open()) {
      tables.take(kernel, whole.seriesId(), List.of(), later);
    }
    assertThat(tables.last.counts().restarted()).isZero();
    assertThat(StreamState.fromBytes(tables.state, retrained).saved(retrained.detection()))
        .hasValueSatisfying(saved -> assertThat(saved.past().length()).isEqualTo(STEPS + 20));
    StreamPlan other = plan(detection(otherDetector(), "third"), 0);
    try (StreamKernel kernel = other.open()) {
      StreamUpdate update = kernel.take(whole.seriesId(), state, List.of(), later);
      assertThat(update.counts().restarted()).isEqualTo(1);
      assertThat(update.state()).isNull();
    }
  }

  private static AnomalySpec otherDetector() {
    AnomalySpec spec = Machines.spec(1, 0);
    return new AnomalySpec(
        1,
        spec.budgetUnit(),
        spec.threshold(),
        true,
        6,
        0,
        0,
        spec.bucket(),
        6,
        64,
        0,
        500,
        AnomalySpec.Keep.ALL,
        false,
        1,
        0,
        spec.detector().withoutDrift());
  }

  @Test
  void refusesDamagedStatesAndSettingsThatNeedTheWholeFleet() {
    byte[] state = stream(plan(DETECTION, 0), WHOLE.get(0), 3, 200).state;
    state[state.length / 2] ^= 1;
    try (StreamKernel kernel = plan(DETECTION, 0).open()) {
      assertThatThrownBy(() -> kernel.take("machine-0", state, List.of(), 0))
          .isInstanceOf(StateFormatException.class)
          .hasMessageContaining("stream.checkpoint");
    }
    DetectorConfig fleet = detection(Machines.spec(1, 0.1), "model");
    assertThatThrownBy(() -> plan(fleet, 0))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("anomaly.falseDiscovery");
  }

  @Test
  void nothingIsKeptOfASeriesWithoutAUsableRow() {
    try (StreamKernel kernel = plan(DETECTION, 0).open()) {
      StreamUpdate update = kernel.take("new", null, List.of(), START);
      assertThat(update.state()).isNull();
      assertThat(update.wake()).isEqualTo(Arrival.NEVER);
    }
  }
}

package io.longcast.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.clean.SegmentJoin;
import io.longcast.model.WindowForecaster;
import io.longcast.series.Segment;
import io.longcast.state.StateFormatException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Days that come one after the other are scored as all of them together, bit for bit. */
class IncrementalDetectionTest {
  private static final int DAYS = 40;
  private static final int DAY = 24;
  private static final int STEPS = DAYS * DAY;
  private static final int FLEET = 4;

  /**
   * A shift over several days, a spike at the turn of a day, a channel that dies for ten days, and
   * one stuck to the end.
   */
  private static void faults(int machine, float[][] values, boolean[][] observed) {
    for (int t = 500; t < 560; t++) {
      values[0][t] += machine == 0 ? 12 : 0;
    }
    values[1][719] += machine == 1 ? 4 : 0;
    for (int t = 430; t < 670; t++) {
      observed[1][t] = machine != 2;
      values[1][t] = machine == 2 ? values[1][429] : values[1][t];
    }
    for (int t = 800; t < STEPS; t++) {
      values[0][t] = machine == 3 ? values[0][799] : values[0][t];
    }
  }

  private static final List<Segment> WHOLE =
      Machines.fleet(FLEET, STEPS, IncrementalDetectionTest::faults);
  private static final DetectorConfig DETECTION =
      detection(Machines.withPattern(Machines.spec(1, 0)));

  private static DetectorConfig detection(AnomalySpec spec) {
    DetectorContext plan = Machines.plan(spec);
    List<Segment> usual = Machines.fleet(FLEET, STEPS, (m, v, o) -> {});
    ScoreCalibration scores = LocalDetection.calibrate(usual, plan, Segment::length);
    return DetectorConfig.of(plan, scores, Machines.STEPS_PER_WEEK, FLEET, "model");
  }

  /**
   * Tables as runs leave them: rows by channel and time, events by their id, the newest word on
   * each.
   */
  private static final class Tables {
    final Map<List<Object>, String> anomalies = new LinkedHashMap<>();
    final Map<String, String> events = new LinkedHashMap<>();
    byte[] state = new byte[0];

    void add(ScoredSeries scored) {
      AnomalyRows rows = new AnomalyRows(Machines.LAYOUT.channels(), AnomalySpec.Keep.ALL, "model");
      rows.of(scored)
          .forEachRemaining(row -> anomalies.put(List.of(row.get(1), row.get(2)), row.toString()));
      Iterator<Row> found = new EventRows(Machines.LAYOUT.channels(), "model").of(scored);
      found.forEachRemaining(row -> events.put(row.getString(0), text(row)));
      state = scored.state();
    }

    private static String text(Row row) {
      List<Object> columns = new ArrayList<>();
      for (int c = 0; c < row.size(); c++) {
        columns.add(c == 6 ? List.of((Object[]) row.get(c)) : row.get(c));
      }
      return columns.toString();
    }
  }

  private static Tables onePass(Segment segment) {
    Tables tables = new Tables();
    try (WindowForecaster forecaster = DETECTION.plan().model().open()) {
      tables.add(new SeriesDetection(DETECTION, forecaster).score(segment, Optional.empty()));
    }
    return tables;
  }

  /** What a run on the steps {@code [from, to)} makes of a series. */
  private static Segment input(Segment whole, int from, int to) {
    Segment part = whole.slice(from, to, to, from, to + 1);
    return Segment.whole(
        part.seriesId(),
        part.axis(),
        part.length(),
        new float[][] {part.row(0).toFloats(), part.row(1).toFloats()},
        new long[][] {part.observed(0), part.observed(1)},
        new int[0]);
  }

  private static void run(Tables tables, Segment input) {
    SegmentJoin join = new SegmentJoin(Machines.CLEAN, 2, 2);
    try (WindowForecaster forecaster = DETECTION.plan().model().open()) {
      SeriesDetection detection = new SeriesDetection(DETECTION, forecaster);
      if (tables.state.length == 0) {
        tables.add(detection.score(input, Optional.empty()));
        return;
      }
      SavedSeries saved = SavedSeries.fromBytes(tables.state, DETECTION.scores().detector(), 2);
      SegmentJoin.Joined joined = join.join(saved.past(), input);
      if (joined.isNew()) {
        tables.add(detection.score(joined.segment(), Optional.of(saved)));
      }
    }
  }

  /** Days of history that each day's input holds before its own rows. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 9, DAYS})
  void dayByDayGivesTheRowsAndEventsOfOnePass(int history) {
    for (Segment whole : WHOLE) {
      Tables daily = new Tables();
      for (int day = 0; day < DAYS; day++) {
        run(daily, input(whole, Math.max(0, day - history) * DAY, (day + 1) * DAY));
      }
      requireSame(daily, onePass(whole));
    }
  }

  @Test
  void inputsOfAnyLengthGiveTheSame() {
    SplittableRandom random = new SplittableRandom(3);
    for (Segment whole : WHOLE) {
      Tables parts = new Tables();
      int known = 0;
      while (known < STEPS) {
        int to = Math.min(STEPS, known + random.nextInt(1, 90));
        run(parts, input(whole, Math.max(0, known - random.nextInt(60)), to));
        // A repeated run changes nothing.
        run(parts, input(whole, Math.max(0, known - 10), to));
        known = to;
      }
      requireSame(parts, onePass(whole));
    }
  }

  private static void requireSame(Tables found, Tables expected) {
    assertThat(found.anomalies).isEqualTo(expected.anomalies);
    assertThat(found.events).isEqualTo(expected.events);
    assertThat(found.state).isEqualTo(expected.state);
    assertThat(expected.events).isNotEmpty();
  }

  /** A series that appears late learns first, as in one pass. */
  @Test
  void scoresNothingBeforeTheWarmUpIsOver() {
    Segment late = input(WHOLE.get(0), 0, 180);
    Tables daily = new Tables();
    for (int from = 0; from < 180; from += DAY) {
      run(daily, input(late, from, Math.min(180, from + DAY)));
      assertThat(daily.anomalies.isEmpty()).isEqualTo(from + DAY <= 168);
    }
    requireSameRows(daily, onePass(late));
  }

  private static void requireSameRows(Tables found, Tables expected) {
    assertThat(found.anomalies).isEqualTo(expected.anomalies).hasSize(2 * 12);
    assertThat(found.state).isEqualTo(expected.state);
  }

  /** The size of what is stored does not grow with the series. */
  @Test
  void keepsABoundedPast() {
    Tables tables = new Tables();
    List<Integer> sizes = new ArrayList<>();
    Segment calm = Machines.fleet(1, 9000, (m, v, o) -> {}).get(0);
    for (int from = 0; from < 9000; from += 1000) {
      run(tables, input(calm, from, from + 1000));
      sizes.add(tables.state.length);
    }
    int history = DETECTION.plan().history();
    assertThat(sizes.subList(3, 9)).allMatch(size -> size < sizes.get(2) + 8 * 3 * history);
    SavedSeries saved = SavedSeries.fromBytes(tables.state, DETECTION.scores().detector(), 2);
    assertThat(saved.past().length()).isBetween(history, history + 2100);
  }

  @Test
  void refusesDamagedBytesNamingTheKey() {
    byte[] state = onePass(WHOLE.get(0)).state;
    state[state.length / 2] ^= 1;
    assertThatThrownBy(() -> SavedSeries.fromBytes(state, DETECTION.scores().detector(), 2))
        .isInstanceOf(StateFormatException.class)
        .hasMessageContaining("cannot restore a saved series state: it is damaged")
        .hasMessageContaining("anomaly.resume");
  }
}

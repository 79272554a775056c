package io.longcast.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.clean.Arrival;
import io.longcast.logs.line.LogFileSpec.Order;
import io.longcast.logs.table.LogAnomaliesTable;
import io.longcast.state.StateFormatException;
import io.longcast.stream.StreamUpdate;
import io.longcast.table.RejectsTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session in micro-batches has the row of the whole session. */
class SessionKernelTest {
  private static final long START = 1_704_067_200_000L;
  private static final long TIMEOUT = 60_000;
  private static final long DISORDER = 5_000;

  private static SessionKernel kernel(boolean byCounts, String modelId) {
    LogModel model =
        new LogModel(
            LogSpecs.spec().templates(),
            SessionScorerTest.TEMPLATES,
            SessionScorerTest.model(byCounts));
    return new SessionKernel(
        new SessionKernel.Plan(model, modelId, Duration.ofMillis(TIMEOUT), Order.AUTO));
  }

  private static ArrivedLine line(int i, long millis, int key) {
    return new ArrivedLine(millis, "a.log", 100L * i, "h" + key, key, false, "line " + i, null);
  }

  /** Lines of a session in the order of their times. */
  private static List<ArrivedLine> lines(int[] keys, Random random) {
    List<ArrivedLine> lines = new ArrayList<>();
    long millis = START;
    for (int i = 0; i < keys.length; i++) {
      millis += random.nextInt(3) * 30;
      lines.add(line(i, millis, keys[i]));
    }
    return lines;
  }

  private static List<byte[]> chunks(List<ArrivedLine> lines) {
    return lines.stream().map(ArrivedLine::toBytes).toList();
  }

  private static List<Row> rows(StreamUpdate update, String table) {
    int column = LogStreamTables.ALL.schema().fieldIndex(table);
    return update.rows().stream()
        .filter(row -> row.getString(0).equals(table))
        .map(row -> row.getStruct(column))
        .toList();
  }

  /** A row of the table with its arrays. */
  private static String words(Row row) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      Object value = row.get(i);
      words.append(value instanceof Object[] all ? Arrays.toString(all) : value).append('|');
    }
    return words.toString();
  }

  /** What a stream says last of a session whose lines arrive a little out of order. */
  private static String streamed(
      SessionKernel kernel, List<ArrivedLine> lines, Random random, List<String> told) {
    List<ArrivedLine> arriving = new ArrayList<>(lines);
    long[] at = arriving.stream().mapToLong(l -> l.millis() + random.nextLong(DISORDER)).toArray();
    List<Integer> order = new ArrayList<>(IntStream.range(0, at.length).boxed().toList());
    order.sort(Comparator.comparingLong(i -> at[i]));
    byte[] state = null;
    long newest = 0;
    for (int from = 0; from < order.size(); ) {
      int to = Math.min(order.size(), from + 1 + random.nextInt(1 + lines.size() / 2));
      List<ArrivedLine> batch = order.subList(from, to).stream().map(lines::get).toList();
      StreamUpdate update =
          kernel.take("s", state, chunks(batch), 1000 * Math.max(0, newest - DISORDER));
      assertThat(update.counts().late()).isZero();
      assertThat(update.wake()).isGreaterThan(1000 * newest);
      rows(update, LogAnomaliesTable.TABLE.name()).forEach(row -> told.add(words(row)));
      newest = Math.max(newest, batch.stream().mapToLong(ArrivedLine::millis).max().orElse(0));
      state = update.state();
      from = to;
    }
    StreamUpdate end = kernel.take("s", state, List.of(), 1000 * (newest + TIMEOUT));
    assertThat(end.state()).isNull();
    assertThat(end.wake()).isEqualTo(Arrival.NEVER);
    assertThat(end.counts().expired()).isOne();
    assertThat(end.counts().closed()).isLessThanOrEqualTo(1);
    rows(end, LogAnomaliesTable.TABLE.name()).forEach(row -> told.add(words(row)));
    return told.isEmpty() ? "" : told.get(told.size() - 1);
  }

  private static List<int[]> sessions() {
    Random random = new Random(3);
    List<int[]> sessions = new ArrayList<>(List.of(SessionScorerTest.NORMAL, new int[] {-1}));
    for (int i = 0; i < 25; i++) {
      int length = i == 0 ? 60 : 1 + random.nextInt(12);
      sessions.add(random.ints(length, -1, SessionScorerTest.KEYS).toArray());
      sessions.add(SessionScorerTest.NORMAL);
    }
    return sessions;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void microBatchesOfAnySizeEndWithTheRowOfTheWholeSession(boolean byCounts) {
    Random random = new Random(8);
    int abnormal = 0;
    int early = 0;
    try (SessionKernel kernel = kernel(byCounts, "m")) {
      for (int[] keys : sessions()) {
        List<ArrivedLine> lines = lines(keys, random);
        StreamUpdate whole = kernel.take("s", null, chunks(lines), 0);
        long end = 1000 * (lines.get(lines.size() - 1).millis() + TIMEOUT);
        List<Row> once =
            rows(kernel.take("s", whole.state(), List.of(), end), LogAnomaliesTable.TABLE.name());
        List<String> told = new ArrayList<>();
        String last = streamed(kernel, lines, random, told);
        if (once.isEmpty()) {
          assertThat(last)
              .satisfiesAnyOf(
                  nothing -> assertThat(nothing).isEmpty(),
                  row -> assertThat(row).contains("withdrawn"));
        } else {
          assertThat(last).as(Arrays.toString(keys)).isEqualTo(words(once.get(0)));
          abnormal++;
        }
        early += told.size() > 1 ? 1 : 0;
      }
    }
    assertThat(abnormal).isBetween(15, 52);
    assertThat(early).as("alarms before the end").isGreaterThan(5);
  }

  @Test
  void anAlarmIsRaisedWithTheLineThatCausesItAndRevisedAtTheEnd() {
    try (SessionKernel kernel = kernel(true, "m")) {
      StreamUpdate first = kernel.take("s", null, chunks(List.of(line(0, START, 0))), 0);
      assertThat(first.rows()).isEmpty();
      assertThat(first.counts().opened()).isZero();
      StreamUpdate second =
          kernel.take("s", first.state(), chunks(List.of(line(1, START + 10, -1))), 1000 * START);
      Row early = rows(second, "log_anomalies").get(0);
      assertThat(second.counts().opened()).isOne();
      assertThat(words(early)).contains("|h-1|1|").contains("|open|a.log|100|line 1|unseen-key");
      StreamUpdate third =
          kernel.take("s", second.state(), chunks(List.of(line(2, START + 20, 1))), 1000 * START);
      assertThat(third.rows()).as("no news").isEmpty();
      StreamUpdate end = kernel.take("s", third.state(), List.of(), 1000 * (START + 20 + TIMEOUT));
      assertThat(words(rows(end, "log_anomalies").get(0)))
          .contains("|closed|a.log|100|line 1|unseen-key");
      assertThat(end.counts().opened()).isZero();
      assertThat(end.counts().closed()).as("one alarm").isOne();
    }
  }

  @Test
  void anAlarmThatALateLineExplainsIsWithdrawn() {
    int[] keys = SessionScorerTest.NORMAL;
    List<ArrivedLine> lines = lines(keys, new Random(1));
    List<ArrivedLine> spaced =
        IntStream.range(0, keys.length).mapToObj(i -> line(i, START + 100L * i, keys[i])).toList();
    assertThat(lines).hasSameSizeAs(spaced);
    try (SessionKernel kernel = kernel(true, "m")) {
      List<ArrivedLine> holed = new ArrayList<>(spaced);
      ArrivedLine missing = holed.remove(1);
      StreamUpdate early = kernel.take("s", null, chunks(holed), 0);
      assertThat(words(rows(early, "log_anomalies").get(0))).contains("true").contains("open");
      StreamUpdate now = kernel.take("s", early.state(), chunks(List.of(missing)), 0);
      assertThat(words(rows(now, "log_anomalies").get(0))).contains("false").contains("withdrawn");
      StreamUpdate end = kernel.take("s", now.state(), List.of(), 1000 * (START + 2 * TIMEOUT));
      assertThat(words(rows(end, "log_anomalies").get(0))).contains("false").contains("closed");
    }
  }

  /** Its rows from then on have another key, so nothing would ever close the row before. */
  @Test
  void theAlarmOfASessionThatBeganBeforeIsWithdrawnForGood() {
    try (SessionKernel kernel = kernel(true, "m")) {
      StreamUpdate early =
          kernel.take("s", null, chunks(List.of(line(1, START + 10, -1))), 1000 * START);
      assertThat(words(rows(early, "log_anomalies").get(0))).contains("true").contains("open");
      StreamUpdate moved =
          kernel.take("s", early.state(), chunks(List.of(line(0, START, 0))), 1000 * START);
      List<Row> told = rows(moved, "log_anomalies");
      assertThat(told).hasSize(2);
      assertThat(words(told.get(0))).contains("|false|closed|").contains("began before");
      assertThat(words(told.get(1))).contains("|true|open|");
    }
  }

  @Test
  void anEndMarkGivesTheVerdictAtOnceAndMoreLinesReviseIt() {
    try (SessionKernel kernel = kernel(true, "m")) {
      ArrivedLine end = new ArrivedLine(START + 10, "a.log", 9, null, 3, true, "sleep", null);
      StreamUpdate marked =
          kernel.take("s", null, chunks(List.of(line(0, START, 0), end)), 1000 * START);
      Row verdict = rows(marked, "log_anomalies").get(0);
      assertThat(words(verdict)).contains("counts").contains("closed");
      assertThat(marked.state()).as("more lines may come").isNotNull();
      StreamUpdate more =
          kernel.take("s", marked.state(), chunks(List.of(line(2, START + 20, -1))), 1000 * START);
      assertThat(words(rows(more, "log_anomalies").get(0))).contains("unseen-key").contains("open");
      StreamUpdate over = kernel.take("s", more.state(), List.of(), 1000 * (START + 2 * TIMEOUT));
      assertThat(words(rows(over, "log_anomalies").get(0)))
          .contains("unseen-key")
          .contains("closed");
    }
  }

  @Test
  void aVerdictThatStandsIsNotToldAgain() {
    try (SessionKernel kernel = kernel(true, "m")) {
      ArrivedLine end = new ArrivedLine(START + 10, "a.log", 9, null, 3, true, "sleep", null);
      StreamUpdate marked =
          kernel.take("s", null, chunks(List.of(line(0, START, 0), end)), 1000 * START);
      assertThat(rows(marked, "log_anomalies")).hasSize(1);
      StreamUpdate over = kernel.take("s", marked.state(), List.of(), 1000 * (START + 2 * TIMEOUT));
      assertThat(over.rows()).isEmpty();
    }
  }

  /** A device that was offline sends its log long after the watermark has passed it. */
  @Test
  void aSessionThatArrivesLateEndsATimeoutAfterItsArrival() {
    long now = START + 3_600_000;
    try (SessionKernel kernel = kernel(true, "m")) {
      StreamUpdate first = kernel.take("s", null, chunks(List.of(line(0, START, 0))), 1000 * now);
      assertThat(first.counts().late()).isZero();
      assertThat(first.state()).isNotNull();
      assertThat(first.wake()).isEqualTo(1000 * (now + TIMEOUT));
      StreamUpdate late =
          kernel.take("s", first.state(), chunks(List.of(line(1, START - 1, 1))), 1000 * now);
      assertThat(late.counts().late()).isOne();
      assertThat(rows(late, RejectsTable.TABLE.name()).get(0).getString(5)).startsWith("late");
    }
  }

  @Test
  void whatIsLeftOfASessionOfAnotherModelIsNotScored() {
    try (SessionKernel before = kernel(true, "m");
        SessionKernel after = kernel(true, "n")) {
      byte[] state = before.take("s", null, chunks(List.of(line(0, START, 0))), 0).state();
      StreamUpdate first = after.take("s", state, chunks(List.of(line(1, START + 1, -1))), 0);
      assertThat(first.rows()).isEmpty();
      assertThat(first.counts().restarted()).isOne();
      StreamUpdate second =
          after.take("s", first.state(), chunks(List.of(line(2, START + 2, -1))), 0);
      assertThat(second.counts().restarted()).isZero();
      StreamUpdate end = after.take("s", second.state(), List.of(), 1000 * (START + 2 + TIMEOUT));
      assertThat(end.state()).isNull();
      assertThat(end.rows()).isEmpty();
    }
  }

  @Test
  @Tag("long")
  void theStateOfALongSessionDoesNotGrow() {
    try (SessionKernel kernel = kernel(false, "m")) {
      byte[] state = null;
      int[] sizes = new int[4];
      for (int i = 0; i < 4000; i++) {
        long millis = START + i;
        List<ArrivedLine> one = List.of(line(i % 100, millis, i % SessionScorerTest.KEYS));
        state = kernel.take("s", state, chunks(one), 1000 * (millis + 1)).state();
        sizes[i / 1000] = state.length;
      }
      assertThat(sizes[3]).isEqualTo(sizes[1]).isLessThan(100_000);
    }
  }

  @Test
  void rejectsAreRowsAndADamagedStateIsRefused() {
    try (SessionKernel kernel = kernel(true, "m")) {
      ArrivedLine reject = new ArrivedLine(0, "a.log", 7, null, 0, false, "???", "no header");
      StreamUpdate update = kernel.take(reject.place(), null, chunks(List.of(reject)), 0);
      assertThat(update.state()).isNull();
      assertThat(rows(update, "rejects").get(0).mkString(","))
          .isEqualTo("null,read,a.log#7,null,null,no header,???");
      List<ArrivedLine> both = List.of(reject, line(0, START, -1));
      StreamUpdate named = kernel.take(reject.place(), null, chunks(both), 0);
      assertThat(named.state()).as("a session of that name").isNotNull();
      assertThat(named.counts().rejected()).isOne();
      assertThat(named.counts().scored()).isOne();
      assertThat(named.rows()).hasSize(2);
      byte[] state = kernel.take("s", null, chunks(List.of(line(0, START, 0))), 0).state();
      for (int at = 0; at < state.length; at += 11) {
        byte[] damaged = state.clone();
        damaged[at] ^= 4;
        assertThatThrownBy(() -> kernel.take("s", damaged, List.of(), 0))
            .isInstanceOf(StateFormatException.class)
            .hasMessageContaining("stream.checkpoint");
      }
    }
  }
}

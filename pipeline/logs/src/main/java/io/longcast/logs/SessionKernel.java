package io.longcast.logs;

import io.longcast.clean.Arrival;
import io.longcast.logs.line.FileOrder;
import io.longcast.logs.line.LogFileSpec;
import io.longcast.logs.sequence.SessionFinding;
import io.longcast.stream.StreamKernel;
import io.longcast.stream.StreamUpdate;
import io.longcast.table.RejectsTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Scores the lines of a session as they arrive. Lines that the watermark has passed are scored in
 * the order of a batch run and make up the state; what waits is scored behind them for an early
 * verdict, which is given anew with the next lines. A session ends when the watermark is {@code
 * logs.timeout} past its last line, or past the arrival of that line where it came late.
 */
final class SessionKernel implements StreamKernel {
  private static final long MICROS = 1000;

  private final Plan plan;
  private final SessionScorer scorer;
  private final FindingRow rows;

  /**
   * What the tasks must know.
   *
   * @param timeout after which a silent session has ended
   * @param order of files whose lines have equal times
   */
  record Plan(LogModel model, String modelId, Duration timeout, LogFileSpec.Order order)
      implements StreamKernel.Factory {
    @Override
    public StreamKernel open() {
      return new SessionKernel(this);
    }

    @Override
    public byte[] resuming(byte[] saved) {
      return saved;
    }
  }

  SessionKernel(Plan plan) {
    this.plan = plan;
    scorer = new SessionScorer(plan.model().sequences());
    rows = new FindingRow(plan.model(), plan.modelId());
  }

  @Override
  public StreamUpdate take(String id, byte[] state, List<byte[]> chunks, long watermarkMicros) {
    List<ArrivedLine> arrived = chunks.stream().map(ArrivedLine::of).toList();
    List<ArrivedLine> lines = arrived.stream().filter(line -> line.reject() == null).toList();
    List<Row> rejects = rejects(arrived);
    if (state == null && lines.isEmpty()) {
      return new StreamUpdate(
          null, Arrival.NEVER, rejects, new StreamUpdate.Counts(0, 0, rejects.size(), 0, 0, 0, 0));
    }
    long watermark = Math.floorDiv(watermarkMicros, MICROS);
    SessionState before =
        state == null ? SessionState.none(plan.modelId()) : SessionState.of(state);
    boolean restarted = !before.modelId().equals(plan.modelId());
    SessionState now =
        (restarted ? before.notScored(plan.modelId()) : before).with(lines, watermark);
    long end = now.lastSeen() + plan.timeout().toMillis();
    Take take = new Take(id, now, lines, watermark, watermark >= end);
    take.found.addAll(rejects);
    byte[] after = now.isScored() ? take.score() : take.isOver ? null : now.toBytes();
    return new StreamUpdate(
        after,
        after == null ? Arrival.NEVER : Math.multiplyExact(end, MICROS),
        take.found,
        new StreamUpdate.Counts(
            now.isScored() ? lines.size() - take.late : 0,
            take.late,
            take.late + rejects.size(),
            take.opened,
            take.closed,
            restarted ? 1 : 0,
            take.isOver ? 1 : 0));
  }

  private static List<Row> rejects(List<ArrivedLine> lines) {
    return lines.stream()
        .filter(line -> line.reject() != null)
        .map(line -> reject("read", null, line, line.reject()))
        .toList();
  }

  private static Row reject(String stage, String session, ArrivedLine line, String reason) {
    return LogStreamTables.ALL.row(
        RejectsTable.TABLE,
        RowFactory.create(null, stage, line.place(), session, null, reason, line.text()));
  }

  @Override
  public void close() {
    scorer.close();
  }

  /** What is done with the lines of one call. */
  private final class Take {
    private final String id;
    private final SessionState state;
    private final List<ArrivedLine> lines;
    private final long watermark;
    private final boolean isOver;
    private final List<Row> found = new ArrayList<>();
    private int late;
    private int opened;
    private int closed;

    Take(String id, SessionState state, List<ArrivedLine> lines, long watermark, boolean isOver) {
      this.id = id;
      this.state = state;
      this.lines = lines;
      this.watermark = watermark;
      this.isOver = isOver;
    }

    /** Returns the state after it; null where the session has ended. */
    byte[] score() {
      StreamedSession session = state.session(id, scorer.open());
      lines.forEach(line -> queue(session, line));
      List<ArrivedLine> waiting = inOrder(session.waiting());
      int passed = isOver ? waiting.size() : 0;
      while (passed < waiting.size() && waiting.get(passed).millis() < watermark) {
        passed++;
      }
      session.waiting().clear();
      session.waiting().addAll(waiting.subList(passed, waiting.size()));
      waiting.subList(0, passed).forEach(line -> session.add(scorer, line));
      // The state is that of the lines in their final order; the others are scored behind it.
      byte[] scored = isOver ? null : SessionState.scored(session);
      waiting.subList(passed, waiting.size()).forEach(line -> session.add(scorer, line));
      SessionState told = session.length() == 0 ? state : tell(session);
      closed = isOver && told.isTold() ? 1 : 0;
      return isOver ? null : told.withScored(scored).toBytes();
    }

    private void queue(StreamedSession session, ArrivedLine line) {
      if (line.millis() < session.scoredUntil()) {
        late++;
        found.add(
            reject(
                RejectsTable.DETECT,
                id,
                line,
                "late: lines of the session up to %s were scored (stream.watermark)"
                    .formatted(Instant.ofEpochMilli(session.scoredUntil()))));
      } else {
        session.waiting().add(line);
      }
    }

    /** Says what is known of the session where that is news. */
    private SessionState tell(StreamedSession session) {
      boolean isClosed = isOver || session.isEnded();
      Optional<SessionFinding> finding =
          isClosed ? scorer.close(session.scored()) : scorer.soFar(session.scored());
      if (finding.isEmpty() && !state.isTold()) {
        return state;
      }
      if (isClosed) {
        session.close();
      }
      boolean isMoved = state.isTold() && state.start() != session.start();
      if (isMoved) {
        // The key of the row that was told is another one.
        found.add(LogStreamTables.anomaly(rows.withdrawn(session, state.start())));
      }
      Row row =
          finding
              .map(each -> rows.of(session, each))
              .orElseGet(() -> rows.withdrawn(session, session.start()));
      SessionState told = state.told(FindingRow.version(row), session.start());
      if (isMoved || told.version() != state.version()) {
        found.add(LogStreamTables.anomaly(row));
        opened += state.isTold() ? 0 : 1;
      }
      return told;
    }

    private List<ArrivedLine> inOrder(List<ArrivedLine> waiting) {
      Set<String> files = waiting.stream().map(ArrivedLine::file).collect(Collectors.toSet());
      Map<String, Integer> ranks = FileOrder.ranks(files, plan.order());
      List<ArrivedLine> sorted = new ArrayList<>(waiting);
      sorted.sort(
          Comparator.comparingLong(ArrivedLine::millis)
              .thenComparing(line -> ranks.get(line.file()))
              .thenComparingLong(ArrivedLine::offset));
      return sorted;
    }
  }
}

package io.longcast.logs;

import io.longcast.logs.sequence.SessionFinding;
import io.longcast.logs.table.LogAnomaliesTable;
import io.longcast.table.EventsTable;
import java.sql.Timestamp;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Rows of {@link LogAnomaliesTable}, of batch runs and streams. */
final class FindingRow {
  private static final int POSITION = column(LogAnomaliesTable.POSITION);
  private static final int REASON = column(LogAnomaliesTable.REASON);
  private static final int IS_ANOMALY = column(LogAnomaliesTable.IS_ANOMALY);
  private static final int STATE = column(LogAnomaliesTable.STATE);
  private static final int NEAREST = column(LogAnomaliesTable.NEAREST);
  private static final int UNMATCHED = column(LogAnomaliesTable.UNMATCHED);

  private final LogModel model;
  private final String modelId;

  FindingRow(LogModel model, String modelId) {
    this.model = model;
    this.modelId = modelId;
  }

  /** The row of an abnormal session. */
  Row of(ScoredSession session, SessionFinding finding) {
    int[] keys = session.keys();
    boolean isWhole = session.length() == keys.length;
    int position = isWhole ? model.position(keys, finding) : finding.position();
    return row(
        session,
        session.start(),
        position,
        expected(keys, position),
        true,
        finding.score(),
        finding.check() + ": " + model.readable(finding.reason()),
        model.difference(keys));
  }

  /**
   * The row of a session that was abnormal before a message that came late.
   *
   * @param start of the session in the row that this one replaces
   */
  Row withdrawn(ScoredSession session, long start) {
    return row(
        session,
        start,
        session.length() - 1,
        new Row[0],
        false,
        0,
        start == session.start()
            ? "withdrawn: normal with the messages that came later"
            : "withdrawn: the session began before",
        "");
  }

  private Row row(
      ScoredSession session,
      long start,
      int position,
      Row[] expected,
      boolean isAnomaly,
      double score,
      String reason,
      String nearest) {
    ScoredSession.Place place = session.place(Math.min(position, session.length() - 1));
    // Nothing follows on a row of another start: the next rows of the session have its new one.
    boolean isLast = session.isClosed() || start != session.start();
    return RowFactory.create(
        session.id(),
        time(session, start),
        time(session, place.millis()),
        place.host(),
        position,
        position < session.length() ? model.id(place.key()) : null,
        expected,
        score,
        isAnomaly,
        isLast ? EventsTable.CLOSED : EventsTable.OPEN,
        place.file(),
        place.offset(),
        place.line(),
        reason,
        nearest,
        session.unmatched(),
        modelId,
        LogAnomaliesTable.PERIOD.of(time(session, start)));
  }

  /**
   * A number that tells a row of a session from another one; never 0. An open session is the same
   * while its alarm is of one kind at one message, or while it has none; a closed one while its
   * lines are.
   */
  static int version(Row row) {
    boolean isOpen = EventsTable.OPEN.equals(row.get(STATE));
    boolean isAlarm = row.getBoolean(IS_ANOMALY);
    // What stands behind the colon goes on counting.
    String reason = row.getString(REASON);
    int version =
        Objects.hash(
            isOpen && !isAlarm ? null : row.get(POSITION),
            isOpen && reason != null ? reason.split(": ", 2)[0] : reason,
            row.get(STATE),
            isOpen ? null : row.get(NEAREST),
            isOpen ? null : row.get(UNMATCHED));
    return version == 0 ? 1 : version;
  }

  private static int column(String name) {
    return LogAnomaliesTable.SCHEMA.fieldIndex(name);
  }

  /** Nothing where the messages before are not kept. */
  private Row[] expected(int[] keys, int position) {
    return position > keys.length
        ? new Row[0]
        : model.expected(keys, position).stream()
            .map(each -> RowFactory.create(model.id(each.key()), each.probability()))
            .toArray(Row[]::new);
  }

  private static Timestamp time(ScoredSession session, long millis) {
    return session.isTimed() ? new Timestamp(millis) : null;
  }
}

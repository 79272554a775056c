package io.longcast.logs;

import io.longcast.state.StateFields;
import io.longcast.state.StateFormat;
import java.util.List;

/**
 * State of a session in a stream.
 *
 * @param modelId the model that scores it
 * @param newest time of its newest line
 * @param arrived watermark when its last line came
 * @param version of the row that was told last; 0 for none
 * @param start of the session in that row
 * @param scored the session; empty where it is not scored because the model changed within it
 */
record SessionState(
    String modelId, long newest, long arrived, int version, long start, byte[] scored) {
  private static final String HINT =
      "start the stream with an empty stream.checkpoint; sessions that are open then are not"
          + " scored whole";
  private static final StateFormat STATE = new StateFormat("log session state", 1, HINT);
  private static final StateFormat SCORED = new StateFormat("log session", 1, HINT);
  private static final int MAX_BYTES = 1 << 28;
  private static final long MAX_MILLIS = Long.MAX_VALUE / 4000;
  private static final int MAX_ID = 1 << 10;
  private static final byte[] NOT_SCORED = {};
  private static final byte[] NEW = {0};

  static SessionState none(String modelId) {
    return new SessionState(modelId, Long.MIN_VALUE, Long.MIN_VALUE, 0, 0, NEW);
  }

  /**
   * A state that was saved.
   *
   * @throws io.longcast.state.StateFormatException if it is damaged or of another version
   */
  static SessionState of(byte[] saved) {
    return STATE.read(saved, none("")::fields);
  }

  byte[] toBytes() {
    return STATE.write(this::fields);
  }

  private SessionState fields(StateFields fields) {
    return new SessionState(
        fields.text(modelId, MAX_ID),
        time(fields.number(newest)),
        time(fields.number(arrived)),
        (int) fields.number(version),
        fields.number(start),
        fields.bytes(scored, MAX_BYTES));
  }

  /** A time to which a timeout can be added. */
  private static long time(long millis) {
    if (millis > MAX_MILLIS || millis < -MAX_MILLIS) {
      throw new IllegalArgumentException(millis + " is no time");
    }
    return millis;
  }

  /** The session, as far as the watermark has passed it. */
  StreamedSession session(String id, OpenSession open) {
    if (scored == NEW) {
      return new StreamedSession(id, open);
    }
    return SCORED.read(
        scored,
        fields -> {
          StreamedSession session = new StreamedSession(id, open);
          session.fields(fields);
          return session;
        });
  }

  static byte[] scored(StreamedSession session) {
    return SCORED.write(session::fields);
  }

  SessionState with(List<ArrivedLine> lines, long watermark) {
    long latest = lines.stream().mapToLong(ArrivedLine::millis).reduce(newest, Math::max);
    return new SessionState(
        modelId, latest, lines.isEmpty() ? arrived : watermark, version, start, scored);
  }

  SessionState withScored(byte[] bytes) {
    return new SessionState(modelId, newest, arrived, version, start, bytes);
  }

  SessionState told(int toldVersion, long toldStart) {
    return new SessionState(modelId, newest, arrived, toldVersion, toldStart, scored);
  }

  /** Keys of another model mean other messages: what is left of the session is not scored. */
  SessionState notScored(String byModel) {
    return new SessionState(byModel, newest, arrived, 0, 0, NOT_SCORED);
  }

  boolean isScored() {
    return scored.length > 0;
  }

  boolean isTold() {
    return version != 0;
  }

  /** Time from which the timeout counts. */
  long lastSeen() {
    return Math.max(newest, arrived);
  }
}

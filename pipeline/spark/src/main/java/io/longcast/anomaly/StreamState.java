package io.longcast.anomaly;

import io.longcast.clean.PendingRows;
import io.longcast.state.StateFields;
import io.longcast.state.StateFormat;
import io.longcast.state.StateFormatException;
import java.util.Optional;

/**
 * All that a stream keeps of a series: what detection resumes from ({@link SavedSeries}), the rows
 * whose steps are not complete, and what was said of it last.
 */
final class StreamState {
  private static final StateFormat FORMAT =
      new StateFormat(
          "stream state", 2, "start the stream with an empty checkpoint (key stream.checkpoint)");
  private static final int MAX_ID = 64;
  private static final byte[] NONE = new byte[0];

  private String modelId;
  private byte[] saved;

  /** Rows whose steps are not complete. */
  final PendingRows pending;

  /** Hash of the row of the open event that was returned last; 0 without one. */
  long openEvent;

  /** Newest step that a model before this one scored, in microseconds; what comes of it is over. */
  private long former = Long.MIN_VALUE;

  private StreamState(StreamPlan plan, byte[] saved) {
    modelId = plan.detection().modelId();
    this.saved = saved;
    pending = PendingRows.none(plan.arrivals());
  }

  /** Of a series of which nothing is known. */
  static StreamState fresh(StreamPlan plan) {
    return new StreamState(plan, NONE);
  }

  /** Of a series that goes on from a row of the detector states. */
  static byte[] resuming(StreamPlan plan, byte[] saved) {
    return new StreamState(plan, saved).toBytes();
  }

  byte[] toBytes() {
    return FORMAT.write(this::fields);
  }

  /**
   * Restores what {@link #toBytes} saved.
   *
   * @throws StateFormatException if the bytes are no state of this version
   */
  static StreamState fromBytes(byte[] bytes, StreamPlan plan) {
    return FORMAT.read(
        bytes,
        fields -> {
          StreamState state = fresh(plan);
          state.fields(fields);
          return state;
        });
  }

  private void fields(StateFields fields) {
    modelId = fields.text(modelId, MAX_ID);
    saved = fields.bytes(saved, Integer.MAX_VALUE);
    openEvent = fields.number(openEvent);
    former = fields.number(former);
    pending.fields(fields);
  }

  /** Whether the series was scored by another model last. */
  boolean isOf(String model) {
    return modelId.equals(model);
  }

  /**
   * What detection resumes from; empty for a new series.
   *
   * @throws StateFormatException if it was saved under another detector
   */
  Optional<SavedSeries> saved(DetectorConfig detection) {
    return saved.length == 0
        ? Optional.empty()
        : Optional.of(
            SavedSeries.fromBytes(
                saved, detection.scores().detector(), detection.plan().channels()));
  }

  byte[] savedBytes() {
    return saved;
  }

  void save(byte[] bytes) {
    saved = bytes;
  }

  /**
   * Goes on under another model.
   *
   * @param newest step that was scored, in microseconds; empty: the model cannot go on from it
   */
  void follow(String model, Optional<Long> newest) {
    modelId = model;
    saved = newest.isPresent() ? saved : NONE;
    former = newest.orElse(former);
    openEvent = 0;
  }

  /**
   * Whether the model scored a step. A step before has its row under the model that did: the row
   * keeps the score it had, because a second one under this model would count it twice.
   */
  boolean isOwn(long micros) {
    return micros > former;
  }
}

package io.longcast.stream;

import io.longcast.metrics.RunMetrics;
import io.longcast.metrics.TaskCounter;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;

/**
 * What a stream has done since it was started, counted while it works; a task that is run twice
 * counts twice. All streams of a driver together are metrics of Spark, {@code stream_…}, with
 * {@code stream_events_open}, the events that began since and have not ended.
 *
 * @param byKind one for each {@link Kind}
 */
public record StreamCounts(EnumMap<Kind, LongAccumulator> byKind) implements Serializable {

  /** What is counted. */
  public enum Kind {
    /** Observed steps that were scored. */
    SCORED,
    /** Rows that came too late. */
    LATE,
    /** Rows that were not used, the late ones included. */
    REJECTED,
    /** Rows that nothing is scored of: lines of a log that name no session. */
    SKIPPED,
    /** Events that began. */
    OPENED,
    /** Events that ended. */
    CLOSED,
    /** Series that were started anew because the model changed. */
    RESTARTED,
    /** Series that left the state. */
    EXPIRED,
    /** States that were written. */
    STATES,
    /** Their bytes. */
    STATE_BYTES
  }

  /** Counts of a stream. */
  public static StreamCounts of(SparkSession spark) {
    SparkContext context = spark.sparkContext();
    EnumMap<Kind, LongAccumulator> byKind = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      byKind.put(kind, context.longAccumulator("stream " + word(kind)));
    }
    byKind.forEach((kind, count) -> RunMetrics.sum("stream_" + word(kind), count::value));
    RunMetrics.sum(
        "stream_events_open",
        () -> Math.max(0, byKind.get(Kind.OPENED).value() - byKind.get(Kind.CLOSED).value()));
    return new StreamCounts(byKind);
  }

  void add(StreamUpdate update) {
    StreamUpdate.Counts counts = update.counts();
    TaskCounter.STEPS_SCORED.add(counts.scored());
    add(Kind.SCORED, counts.scored());
    add(Kind.LATE, counts.late());
    add(Kind.REJECTED, counts.rejected());
    add(Kind.OPENED, counts.opened());
    add(Kind.CLOSED, counts.closed());
    add(Kind.RESTARTED, counts.restarted());
    add(Kind.EXPIRED, counts.expired());
    if (update.state() != null) {
      add(Kind.STATES, 1);
      add(Kind.STATE_BYTES, update.state().length);
    }
  }

  /** Counts rows that nothing is scored of. */
  public void addSkipped(long rows) {
    add(Kind.SKIPPED, rows);
  }

  private void add(Kind kind, long count) {
    byKind.get(kind).add(count);
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** One of the counts. */
  public long get(Kind kind) {
    return byKind.get(kind).value();
  }

  /** Mean bytes of the states that were written; 0 before the first. */
  public long bytesPerState() {
    return get(Kind.STATE_BYTES) / Math.max(1, get(Kind.STATES));
  }

  /** All counts by name, in lower case. */
  public Map<String, Long> all() {
    Map<String, Long> all = new LinkedHashMap<>();
    byKind.forEach((kind, count) -> all.put(word(kind), count.value()));
    return all;
  }
}

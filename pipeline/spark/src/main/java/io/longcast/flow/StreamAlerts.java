package io.longcast.flow;

import io.longcast.alert.Alert;
import io.longcast.alert.AlertDispatcher;
import io.longcast.config.RunSpec;
import io.longcast.files.LockedException;
import io.longcast.stream.StreamCounts;
import io.longcast.stream.StreamCounts.Kind;
import io.longcast.write.TableReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the events of a stream to the alert sinks as {@code longcast run} delivers those of a
 * batch, with the same record of what was delivered. It reads their table beside the query: a sink
 * that does not answer holds up no micro-batch. Not thread-safe.
 */
final class StreamAlerts {
  private static final Logger LOG = LoggerFactory.getLogger(StreamAlerts.class);
  private static final Duration RETRY = Duration.ofSeconds(30);
  private static final long NONE = -1;

  private final SparkSession spark;
  private final RunSpec run;
  private final StreamCounts counts;
  private final StreamJob.Alerted alerted;

  /** Events begun and ended at the last delivery: what a run before left over is due at once. */
  private long told = NONE;

  /** Events begun and ended in the micro-batches whose tables are written; the query sets it. */
  private volatile long written;

  private long pending;
  private long tried;

  StreamAlerts(SparkSession spark, RunSpec run, StreamCounts counts, StreamJob.Alerted alerted) {
    this.spark = spark;
    this.run = run;
    this.counts = counts;
    this.alerted = alerted;
  }

  /** The file that says what was delivered, by batch runs and streams alike. */
  static String record(RunSpec run) {
    return run.output().table("alerts/" + run.name() + ".json");
  }

  /** The tables of a micro-batch are written: its tasks, and so its counts, are complete. */
  void written() {
    written = counts.get(Kind.OPENED) + counts.get(Kind.CLOSED);
  }

  /**
   * Delivers what is due after a micro-batch.
   *
   * @param newest time of the rows so far
   */
  void deliver(String modelId, Optional<Instant> newest) {
    long known = written;
    boolean again = pending > 0 && System.nanoTime() - tried > RETRY.toNanos();
    if (!run.alerts().isConfigured() || known == told && !again) {
      return;
    }
    tried = System.nanoTime();
    told = known;
    try {
      AlertDispatcher.Outcome done =
          AlertDispatcher.dispatch(
              spark,
              run.alerts(),
              record(run),
              new AlertDispatcher.Events(
                  () ->
                      alerted
                          .events()
                          .apply(new TableReader(spark, run.output()).read(alerted.table())),
                  new Alert.Source(run.name(), modelId),
                  newest,
                  table()));
      pending = done.pending();
    } catch (LockedException busy) {
      LOG.warn("alerts wait for another run: {}", busy.getMessage());
      // Not at every look: the next try is due after RETRY.
      pending = Math.max(1, pending);
    }
  }

  /** Delta reads one version of a table, whoever writes another. */
  private Optional<String> table() {
    return run.output().isDelta()
        ? Optional.empty()
        : Optional.of(run.output().table(alerted.table().name()));
  }
}

package io.longcast.metrics;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.streaming.StateOperatorProgress;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.apache.spark.sql.streaming.StreamingQueryProgress;

/**
 * Shows the progress of each query of a session under its name: {@code stream_<name>_…}. The lag is
 * the age of the newest row by the time in it, and grows while none comes. Figures of a query that
 * has ended are no longer shown.
 */
public final class StreamListener extends StreamingQueryListener {
  private static final String BATCH = "batch";
  private static final String BATCH_SECONDS = "batch_seconds";
  private static final String ROWS = "rows_per_second";
  private static final String ARRIVING = "rows_arriving_per_second";
  private static final String LAG = "lag_seconds";
  private static final String STATE_SERIES = "state_series";
  private static final String STATE_BYTES = "state_bytes";
  private static final List<String> FIGURES =
      List.of(BATCH, BATCH_SECONDS, ROWS, ARRIVING, LAG, STATE_SERIES, STATE_BYTES);

  private final Map<UUID, String> names = new ConcurrentHashMap<>();

  @Override
  public void onQueryStarted(QueryStartedEvent event) {
    String name = event.name() == null ? "query" : RunMetrics.word(event.name());
    names.put(event.runId(), "stream_" + name + "_");
  }

  @Override
  public void onQueryProgress(QueryProgressEvent event) {
    StreamingQueryProgress batch = event.progress();
    String prefix = names.get(batch.runId());
    if (prefix == null) {
      return;
    }
    RunMetrics.show(prefix + BATCH, batch.batchId());
    RunMetrics.show(prefix + BATCH_SECONDS, batch.batchDuration() / 1e3);
    RunMetrics.show(prefix + ROWS, finite(batch.processedRowsPerSecond()));
    RunMetrics.show(prefix + ARRIVING, finite(batch.inputRowsPerSecond()));
    showState(prefix, batch.stateOperators());
    String newest = batch.eventTime().get("max");
    if (newest != null) {
      long millis = Instant.parse(newest).toEpochMilli();
      RunMetrics.show(prefix + LAG, () -> (System.currentTimeMillis() - millis) / 1e3);
    }
  }

  private static void showState(String prefix, StateOperatorProgress[] states) {
    RunMetrics.show(
        prefix + STATE_SERIES,
        Arrays.stream(states).mapToLong(StateOperatorProgress::numRowsTotal).sum());
    RunMetrics.show(
        prefix + STATE_BYTES,
        Arrays.stream(states).mapToLong(StateOperatorProgress::memoryUsedBytes).sum());
  }

  /** A micro-batch without a duration has no speed. */
  private static double finite(double speed) {
    return Double.isFinite(speed) ? speed : 0;
  }

  @Override
  public void onQueryTerminated(QueryTerminatedEvent event) {
    String prefix = names.remove(event.runId());
    if (prefix != null && !names.containsValue(prefix)) {
      FIGURES.forEach(figure -> RunMetrics.hide(prefix + figure));
    }
  }
}

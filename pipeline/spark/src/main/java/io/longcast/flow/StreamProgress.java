package io.longcast.flow;

import io.longcast.stream.StreamCounts;
import io.longcast.stream.StreamCounts.Kind;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.streaming.StateOperatorProgress;
import org.apache.spark.sql.streaming.StreamingQueryProgress;

/** What is said of a micro-batch. */
final class StreamProgress {
  private static final String EPOCH = "1970-01-01T00:00:00.000Z";

  private StreamProgress() {}

  /** Time of the newest row of a micro-batch. */
  static Optional<Instant> newest(StreamingQueryProgress batch) {
    return Optional.ofNullable(batch.eventTime().get("max")).map(Instant::parse);
  }

  /** Rows and speed of a micro-batch, where the stream is, and the size of its state. */
  static String line(StreamingQueryProgress batch, StreamCounts counts, StreamJob.Words words) {
    String watermark = batch.eventTime().getOrDefault("watermark", EPOCH);
    String newest = batch.eventTime().get("max");
    long states =
        Arrays.stream(batch.stateOperators()).mapToLong(StateOperatorProgress::numRowsTotal).sum();
    return String.format(
        Locale.ROOT,
        "micro-batch %d: %,d %s (%,.0f a second); watermark %s%s; %,d %s, %,d %s, %,d %s, %,d %s"
            + " late, %,d rejected; %,d %s of %,d bytes",
        batch.batchId(),
        batch.numInputRows(),
        words.rows(),
        batch.processedRowsPerSecond(),
        watermark.equals(EPOCH) ? "none yet" : Instant.parse(watermark),
        newest == null ? "" : ", newest row " + Instant.parse(newest),
        counts.get(Kind.SCORED),
        words.scored(),
        counts.get(Kind.OPENED),
        words.opened(),
        counts.get(Kind.CLOSED),
        words.closed(),
        counts.get(Kind.LATE),
        words.rows(),
        counts.get(Kind.REJECTED),
        states,
        words.states(),
        counts.bytesPerState());
  }
}

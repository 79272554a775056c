package io.longcast.flow;

import io.longcast.stream.StreamCounts;
import io.longcast.stream.StreamCounts.Kind;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.sql.streaming.StateOperatorProgress;
import org.apache.spark.sql.streaming.StreamingQueryProgress;

/** What is said of a micro-batch. */
final class StreamProgress {
  private static final String EPOCH = "1970-01-01T00:00:00.000Z";

  private StreamProgress() {}

  /** Rows and speed of a micro-batch, where the stream is, and the size of its state. */
  static String line(StreamingQueryProgress batch, StreamCounts counts) {
    String watermark = batch.eventTime().getOrDefault("watermark", EPOCH);
    String newest = batch.eventTime().get("max");
    long series =
        Arrays.stream(batch.stateOperators()).mapToLong(StateOperatorProgress::numRowsTotal).sum();
    return String.format(
        Locale.ROOT,
        "micro-batch %d: %,d rows (%,.0f a second); watermark %s%s; %,d steps scored, %,d events"
            + " began, %,d ended, %,d rows late, %,d rejected; %,d series of %,d bytes",
        batch.batchId(),
        batch.numInputRows(),
        batch.processedRowsPerSecond(),
        watermark.equals(EPOCH) ? "none yet" : Instant.parse(watermark),
        newest == null ? "" : ", newest row " + Instant.parse(newest),
        counts.get(Kind.SCORED),
        counts.get(Kind.OPENED),
        counts.get(Kind.CLOSED),
        counts.get(Kind.LATE),
        counts.get(Kind.REJECTED),
        series,
        counts.bytesPerState());
  }
}

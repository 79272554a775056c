package io.longcast.logs.flow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Lines of the generated log on their way to a stream. */
final class LogLines {
  /** Hours after the log, so that all its sessions have ended. */
  private static final String CLOCK = "2024-01-02T06:00:00.000Z INFO [clock] core: boot";

  private LogLines() {}

  /** Adds a file whose only line is so late that all sessions before it have ended. */
  static void clock(Path folder) throws IOException {
    Path hidden = Files.writeString(folder.resolve("_clock"), CLOCK + "\n");
    Files.move(hidden, folder.resolve("z-clock.txt"));
  }

  /** The line of {@link #clock}. */
  static String clock() {
    return CLOCK;
  }

  /** Abnormal sessions, all columns but the model's and the state's. */
  static List<String> anomalies(Dataset<Row> table) {
    return table
        .where("is_anomaly and session_id != 'clock' and state = 'closed'")
        .selectExpr(
            "to_json(struct(session_id, start, timestamp, host, position, template_id, expected,"
                + " anomaly_score, source_offset, line, reason, nearest, unmatched, date))")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  /** Lines in an order of arrival in which none is more than so late. */
  static List<Row> shuffled(List<Row> lines, long disorderMillis, long seed) {
    Random random = new Random(seed);
    long[] at =
        lines.stream()
            .mapToLong(
                line ->
                    line.<java.sql.Timestamp>getAs("timestamp").getTime()
                        + random.nextLong(disorderMillis))
            .toArray();
    return IntStream.range(0, at.length)
        .boxed()
        .sorted(Comparator.comparingLong(i -> at[i]))
        .map(lines::get)
        .toList();
  }
}

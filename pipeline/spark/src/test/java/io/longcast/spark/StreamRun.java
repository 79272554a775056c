package io.longcast.spark;

import io.longcast.table.AnomaliesTable;
import io.longcast.table.EventsTable;
import io.longcast.table.TableShape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;

/** A query over a stream, started again from its checkpoint as often as wanted. */
public final class StreamRun {
  private final Path checkpoint;
  private final ConcurrentSkipListMap<Long, List<Row>> batches = new ConcurrentSkipListMap<>();

  public StreamRun(Path checkpoint) {
    this.checkpoint = checkpoint;
  }

  /** Starts, or starts again; a batch that is run twice counts once. */
  public StreamingQuery start(Dataset<Row> rows, Trigger trigger) throws Exception {
    VoidFunction2<Dataset<Row>, Long> take = (batch, id) -> batches.put(id, batch.collectAsList());
    return rows.writeStream()
        .foreachBatch(take)
        .option("checkpointLocation", checkpoint.toString())
        .trigger(trigger)
        .start();
  }

  /** Starts, and kills it in the batch after so many are done. */
  public void killed(Dataset<Row> rows, int batches) throws Exception {
    StreamingQuery query = start(rows, Trigger.ProcessingTime(0));
    while (batches() < batches) {
      query.awaitTermination(20);
    }
    query.stop();
  }

  /** Runs over all that is there. */
  public StreamRun available(Dataset<Row> rows) throws Exception {
    start(rows, Trigger.AvailableNow()).awaitTermination();
    return this;
  }

  public int batches() {
    return batches.size();
  }

  /** Rows of a table in the order of the batches. */
  public List<Row> rows(TableShape table) {
    List<Row> found = new ArrayList<>();
    for (List<Row> batch : batches.values()) {
      for (Row row : batch) {
        if (row.getString(0).equals(table.name())) {
          found.add(row.getAs(table.name()));
        }
      }
    }
    return found;
  }

  /** The newest row of each event. */
  Map<String, String> events() {
    return events(rows(EventsTable.TABLE));
  }

  static Map<String, String> events(List<Row> rows) {
    Map<String, String> events = new TreeMap<>();
    rows.forEach(row -> events.put(row.getString(0), row.toString()));
    return events;
  }

  /** Anomaly rows, each once: one with its settled score stands for the one without before it. */
  static List<String> sorted(List<Row> rows) {
    Map<String, Row> newest = new TreeMap<>();
    for (Row row : rows) {
      String key = row.getString(0) + row.getString(1) + row.get(2);
      boolean settles = !row.isNullAt(row.fieldIndex(AnomaliesTable.SETTLED_SCORE));
      newest.merge(key, row, (before, now) -> settles ? now : before);
    }
    return newest.values().stream().map(Row::toString).toList();
  }
}

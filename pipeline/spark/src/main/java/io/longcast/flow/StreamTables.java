package io.longcast.flow;

import io.longcast.read.KafkaSpec;
import io.longcast.stream.StreamSpec;
import io.longcast.table.AnomaliesTable;
import io.longcast.table.EventsTable;
import io.longcast.table.ForecastsTable;
import io.longcast.table.RejectedCellsTable;
import io.longcast.table.RejectsTable;
import io.longcast.table.StreamedTables;
import io.longcast.table.TableShape;
import io.longcast.write.TableSink;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * Writes what a micro-batch gave into the tables, where rows replace those of the same key: a
 * micro-batch that is written twice leaves the tables as it did once. Rejects carry the number of
 * the micro-batch in their source for the same reason.
 */
final class StreamTables {
  private final TableSink sink;
  private final StreamSpec.TopicSpec topic;
  private final String modelId;
  private final String source;

  StreamTables(TableSink sink, StreamSpec.TopicSpec topic, String modelId, String source) {
    topic.topic().ifPresent(name -> KafkaSpec.requireConnector("stream.kafka.topic"));
    this.sink = sink;
    this.topic = topic;
    this.modelId = modelId;
    this.source = source;
  }

  /**
   * Writes a micro-batch.
   *
   * @param rows in the shape of {@link StreamedTables}
   * @return how many rows each table got
   */
  Map<String, Long> write(Dataset<Row> rows, long batch) {
    Dataset<Row> kept = rows.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Map<String, Long> counts = counts(kept);
      for (TableShape table : StreamedTables.tables()) {
        if (counts.containsKey(table.name())) {
          write(StreamedTables.of(kept, table), table, batch);
        }
      }
      return counts;
    } finally {
      kept.unpersist();
    }
  }

  private static Map<String, Long> counts(Dataset<Row> rows) {
    Map<String, Long> counts = new LinkedHashMap<>();
    rows.groupBy(StreamedTables.TABLE)
        .count()
        .collectAsList()
        .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
    return counts;
  }

  private void write(Dataset<Row> rows, TableShape table, long batch) {
    if (table == RejectsTable.TABLE || table == RejectedCellsTable.TABLE) {
      // Micro-batches of another checkpoint have the same numbers.
      String query = rows.sparkSession().sparkContext().getLocalProperty("sql.streaming.queryId");
      String name = "%s, micro-batch %d of %s".formatted(source, batch, query);
      Dataset<Row> named = rows.withColumn(RejectsTable.SOURCE, functions.lit(name));
      sink.replace(named, table, Map.of(RejectsTable.SOURCE, name));
    } else {
      boolean forecasts = table == ForecastsTable.TABLE;
      merge(rows, table, forecasts ? ForecastsTable.REPLACED : table.key());
    }
    if (table == EventsTable.TABLE) {
      tell(rows);
    }
  }

  private void merge(Dataset<Row> rows, TableShape table, List<String> identity) {
    sink.merge(rows, table, Map.of(AnomaliesTable.MODEL_ID, modelId), identity);
  }

  private void tell(Dataset<Row> events) {
    topic
        .topic()
        .ifPresent(
            name ->
                events
                    .select(
                        functions.col(EventsTable.EVENT_ID).as("key"),
                        functions.to_json(functions.struct("*")).as("value"))
                    .write()
                    .format(KafkaSpec.FORMAT)
                    .option("kafka.bootstrap.servers", topic.bootstrapServers().orElseThrow())
                    .option("topic", name)
                    .save());
  }
}

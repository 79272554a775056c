package io.longcast.flow;

import io.longcast.table.AnomaliesTable;
import io.longcast.table.ForecastsTable;
import io.longcast.table.RejectedCellsTable;
import io.longcast.table.RejectsTable;
import io.longcast.table.TableShape;
import io.longcast.table.TableUnion;
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
public final class StreamTables {
  private final TableSink sink;
  private final TableUnion tables;
  private final StreamTopics topics;
  private final String modelId;
  private final String source;

  /**
   * The tables of a stream.
   *
   * @param tables of which there may be rows
   * @param topics to which rows go too
   * @param modelId of the model that scores
   * @param source as rejects name it
   */
  public StreamTables(
      TableSink sink, TableUnion tables, StreamTopics topics, String modelId, String source) {
    this.sink = sink;
    this.tables = tables;
    this.topics = topics;
    this.modelId = modelId;
    this.source = source;
  }

  /**
   * Writes a micro-batch.
   *
   * @param rows in the shape of the union
   * @return how many rows each table got
   */
  public Map<String, Long> write(Dataset<Row> rows, long batch) {
    Dataset<Row> kept = rows.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Map<String, Long> counts = counts(kept);
      for (TableShape table : tables.tables()) {
        if (counts.containsKey(table.name())) {
          write(TableUnion.of(kept, table), table, batch);
        }
      }
      return counts;
    } finally {
      kept.unpersist();
    }
  }

  private static Map<String, Long> counts(Dataset<Row> rows) {
    Map<String, Long> counts = new LinkedHashMap<>();
    rows.groupBy(TableUnion.TABLE)
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
    topics.tell(rows, table);
  }

  private void merge(Dataset<Row> rows, TableShape table, List<String> identity) {
    sink.merge(rows, table, Map.of(AnomaliesTable.MODEL_ID, modelId), identity);
  }
}

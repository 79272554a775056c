package io.longcast.clean;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import io.longcast.series.MappedIterator;
import io.longcast.series.SeriesLayout;
import io.longcast.sparkinternals.EngineRow;
import io.longcast.table.ObservationsTable;
import io.longcast.table.ParsedColumns;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Brings the rows of a micro-batch together by series, for {@link ArrivalCleaner}. No shuffle. Rows
 * with equal times are put in the order of the source's row numbers, else of arrival.
 */
public final class ArrivalStage {
  /** The series; {@link #UNNAMED} for rows that name none. */
  public static final String SERIES_ID = ObservationsTable.SERIES_ID;

  /** Rows of one series. */
  public static final String CHUNK = "chunk";

  /** Stands for rows without a series, whose ids are never empty. */
  public static final String UNNAMED = "";

  /** The columns. */
  public static final StructType SCHEMA =
      new StructType()
          .add(SERIES_ID, DataTypes.StringType, false)
          .add(CHUNK, DataTypes.BinaryType, false);

  private static final String BATCH = "streaming.sql.batchId";
  private static final int PLACE_BITS = 33;

  private ArrivalStage() {}

  /**
   * Chunks of rows by series.
   *
   * @param parsed rows as {@link io.longcast.read.ReadStage} parses them
   */
  public static Dataset<Row> chunks(Dataset<Row> parsed, SeriesLayout layout) {
    SeriesLayout transport = ArrivalPlan.transport(layout);
    Column faulty = coalesce(col(ParsedColumns.REASON), col(ParsedColumns.CELLS)).isNotNull();
    Column[] columns = RowColumns.of(transport, FileNumbers.none());
    Dataset<Row> rows =
        parsed
            .withColumn(ParsedColumns.FILE, when(faulty, col(ParsedColumns.FILE)))
            .select(columns);
    String[] names = new String[columns.length];
    Arrays.setAll(names, i -> "c" + i);
    MapPartitionsFunction<Row, Row> chunked = part -> chunked(part, transport);
    return rows.toDF(names).mapPartitions(chunked, Encoders.row(SCHEMA));
  }

  private static Iterator<Row> chunked(Iterator<Row> rows, SeriesLayout transport) {
    Numbered numbered = new Numbered(batch());
    ChunkedRows chunks =
        new ChunkedRows(
            new MappedIterator<>(rows, numbered::row),
            transport,
            CleanSpec.Grid.REGULAR,
            FileNumbers.none(),
            ChunkedRows.OPEN_BYTES);
    return new MappedIterator<>(
        chunks,
        chunk ->
            RowFactory.create(
                chunk.isNullAt(1) ? UNNAMED : chunk.getText(1).toString(), chunk.getBinary(2)));
  }

  /** Number of the micro-batch that the task at work is of; 0 outside of a stream. */
  public static long batch() {
    String batch = TaskContext.get().getLocalProperty(BATCH);
    return batch == null ? 0 : Long.parseLong(batch);
  }

  /** Rows in Spark's own format, numbered in the order of a task. */
  private static final class Numbered {
    private final long batch;
    private long next = (long) TaskContext.getPartitionId() << PLACE_BITS;

    Numbered(long batch) {
      this.batch = batch;
    }

    EngineRow row(Row row) {
      Object[] columns = new Object[row.size()];
      for (int i = 0; i < columns.length; i++) {
        Object value = row.get(i);
        columns[i] = value instanceof String text ? UTF8String.fromString(text) : value;
      }
      RowColumns.number(columns, batch, next++);
      return EngineRow.of(columns);
    }
  }
}

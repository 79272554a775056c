package io.longcast.stream;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.current_timestamp;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.longcast.clean.ArrivalStage;
import io.longcast.sparkinternals.EngineEncoders;
import io.longcast.sparkinternals.rdd.Shared;
import io.longcast.table.DetectorStatesTable;
import java.util.Optional;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.KeyValueGroupedDataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.GroupStateTimeout;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructType;

/**
 * The stateful operator of a stream: chunks brought together by key, in one shuffle, and a state of
 * bytes for each key. No chunk is dropped by Spark: what is late is for the kernel to decide.
 */
public final class StreamOperator {
  private static final String CLOCK = "clock";

  /** By which Spark knows a column with a watermark. */
  private static final String DELAY = "spark.watermarkDelayMs";

  private StreamOperator() {}

  /**
   * Rows whose newest time moves the watermark.
   *
   * @param time null in rows that do not move it
   */
  public static Dataset<Row> timed(Dataset<Row> rows, Column time, StreamSpec spec) {
    return rows.withColumn(CLOCK, time)
        .withWatermark(CLOCK, spec.watermark().toMillis() + " milliseconds");
  }

  /** Whether a time is further ahead of the clock than {@code stream.maxAhead} allows. */
  public static Column isAhead(Column time, StreamSpec spec) {
    return time.gt(
        current_timestamp()
            .plus(expr("interval %d milliseconds".formatted(spec.maxAhead().toMillis()))));
  }

  /** Why a row is rejected whose time is too far ahead. */
  public static String aheadReason(StreamSpec spec) {
    return "timestamp ahead of the clock by more than stream.maxAhead = " + spec.maxAhead();
  }

  /**
   * Rows of the kernel.
   *
   * @param chunks in the shape of {@link ArrivalStage#SCHEMA}, of rows that are {@link #timed}
   * @param states to resume from, in the shape of {@link DetectorStatesTable}, one a key; empty to
   *     start every key anew. Used where the query has no checkpoint yet
   * @param output the shape of the kernel's rows
   */
  public static Dataset<Row> run(
      Dataset<Row> chunks,
      Optional<Dataset<Row>> states,
      StreamKernel.Factory kernel,
      StructType output,
      StreamSpec spec,
      StreamCounts counts) {
    Metadata watermark = new MetadataBuilder().putLong(DELAY, spec.watermark().toMillis()).build();
    KeyValueGroupedDataset<String, Row> keyed =
        chunks
            .select(
                col(ArrivalStage.SERIES_ID),
                col(ArrivalStage.CHUNK),
                // A column without a time, so that Spark holds no chunk to be late.
                lit(null).cast(DataTypes.TimestampType).as(CLOCK, watermark))
            .groupBy(ArrivalStage.SERIES_ID)
            .as(
                Encoders.STRING(),
                Encoders.row(ArrivalStage.SCHEMA.add(CLOCK, DataTypes.TimestampType, true)));
    Shared<StreamKernel.Factory> shared = Shared.of(chunks.sparkSession().sparkContext(), kernel);
    SeriesFunction function = new SeriesFunction(shared, counts);
    Encoder<Row> rows = EngineEncoders.ofAnyTime(output);
    return states
        .map(
            saved ->
                keyed.flatMapGroupsWithState(
                    function,
                    OutputMode.Append(),
                    Encoders.BINARY(),
                    rows,
                    GroupStateTimeout.EventTimeTimeout(),
                    initial(saved, shared)))
        .orElseGet(
            () ->
                keyed.flatMapGroupsWithState(
                    function,
                    OutputMode.Append(),
                    Encoders.BINARY(),
                    rows,
                    GroupStateTimeout.EventTimeTimeout()));
  }

  private static KeyValueGroupedDataset<String, byte[]> initial(
      Dataset<Row> states, Shared<StreamKernel.Factory> kernel) {
    MapFunction<Row, String> id = row -> row.getString(0);
    MapFunction<Row, byte[]> state = row -> kernel.value().resuming(row.getAs(1));
    return states
        .select(DetectorStatesTable.SERIES_ID, DetectorStatesTable.STATE)
        .groupByKey(id, Encoders.STRING())
        .mapValues(state, Encoders.BINARY());
  }
}

package io.longcast.stream;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.current_timestamp;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.longcast.clean.ArrivalStage;
import io.longcast.series.SeriesLayout;
import io.longcast.sparkinternals.EngineEncoders;
import io.longcast.sparkinternals.rdd.Shared;
import io.longcast.table.DetectorStatesTable;
import io.longcast.table.ObservationsTable;
import io.longcast.table.ParsedColumns;
import io.longcast.table.ParsedRows;
import io.longcast.table.StreamedTables;
import java.util.Optional;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.KeyValueGroupedDataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.GroupStateTimeout;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;

/**
 * Works on every series as its rows arrive: one shuffle, of the chunks of {@link ArrivalStage}, and
 * one stateful operator with a state per series. No row is dropped by Spark: late ones are returned
 * as rejects.
 */
public final class StreamStage {
  private static final String CLOCK = "clock";

  /** By which Spark knows a column with a watermark. */
  private static final String DELAY = "spark.watermarkDelayMs";

  private StreamStage() {}

  /**
   * Rows in the shape of {@link StreamedTables}.
   *
   * @param parsed rows of a stream as {@link io.longcast.read.ReadStage} parses them
   * @param layout names of channels and covariates
   * @param kernel what is done with each series
   * @param states to resume from, in the shape of {@link DetectorStatesTable}, one a series; empty
   *     to start every series anew. Used where the query has no checkpoint yet
   */
  public static Dataset<Row> run(
      Dataset<Row> parsed,
      SeriesLayout layout,
      Optional<Dataset<Row>> states,
      StreamKernel.Factory kernel,
      StreamSpec spec,
      StreamCounts counts) {
    long delay = spec.watermark().toMillis();
    Dataset<Row> timed =
        withoutFuture(parsed, layout, spec)
            .withColumn(
                CLOCK,
                when(
                    col(ParsedColumns.REASON).isNull().and(ParsedRows.isObserved(layout)),
                    col(ObservationsTable.TIMESTAMP)))
            .withWatermark(CLOCK, delay + " milliseconds");
    Metadata watermark = new MetadataBuilder().putLong(DELAY, delay).build();
    KeyValueGroupedDataset<String, Row> series =
        ArrivalStage.chunks(timed, layout)
            .select(
                col(ArrivalStage.SERIES_ID),
                col(ArrivalStage.CHUNK),
                // A column without a time, so that Spark holds no chunk to be late.
                lit(null).cast(DataTypes.TimestampType).as(CLOCK, watermark))
            .groupBy(ArrivalStage.SERIES_ID)
            .as(
                Encoders.STRING(),
                Encoders.row(ArrivalStage.SCHEMA.add(CLOCK, DataTypes.TimestampType, true)));
    Shared<StreamKernel.Factory> shared = Shared.of(parsed.sparkSession().sparkContext(), kernel);
    SeriesFunction function = new SeriesFunction(shared, counts);
    return states
        .map(
            rows ->
                series.flatMapGroupsWithState(
                    function,
                    OutputMode.Append(),
                    Encoders.BINARY(),
                    EngineEncoders.ofAnyTime(StreamedTables.SCHEMA),
                    GroupStateTimeout.EventTimeTimeout(),
                    initial(rows, shared)))
        .orElseGet(
            () ->
                series.flatMapGroupsWithState(
                    function,
                    OutputMode.Append(),
                    Encoders.BINARY(),
                    EngineEncoders.ofAnyTime(StreamedTables.SCHEMA),
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

  /** One row from the future would make all others late. */
  private static Dataset<Row> withoutFuture(
      Dataset<Row> parsed, SeriesLayout layout, StreamSpec spec) {
    Column limit =
        current_timestamp()
            .plus(expr("interval %d milliseconds".formatted(spec.maxAhead().toMillis())));
    Column ahead = ParsedRows.isObserved(layout).and(col(ObservationsTable.TIMESTAMP).gt(limit));
    Column reason =
        concat(
            lit("timestamp ahead of the clock by more than stream.maxAhead = "),
            lit(spec.maxAhead().toString()));
    return ParsedRows.rejecting(parsed, layout, when(ahead, reason));
  }
}

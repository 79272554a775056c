package io.longcast.stream;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.longcast.clean.ArrivalStage;
import io.longcast.series.SeriesLayout;
import io.longcast.table.ObservationsTable;
import io.longcast.table.ParsedColumns;
import io.longcast.table.ParsedRows;
import io.longcast.table.StreamedTables;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Works on every series as its rows arrive: one shuffle, of the chunks of {@link ArrivalStage}, and
 * one stateful operator with a state per series. No row is dropped by Spark: late ones are returned
 * as rejects.
 */
public final class StreamStage {

  private StreamStage() {}

  /**
   * Rows in the shape of {@link StreamedTables}.
   *
   * @param parsed rows of a stream as {@link io.longcast.read.ReadStage} parses them
   * @param layout names of channels and covariates
   * @param kernel what is done with each series
   * @param states to resume from, in the shape of {@link io.longcast.table.DetectorStatesTable},
   *     one a series; empty to start every series anew. Used where the query has no checkpoint yet
   */
  public static Dataset<Row> run(
      Dataset<Row> parsed,
      SeriesLayout layout,
      Optional<Dataset<Row>> states,
      StreamKernel.Factory kernel,
      StreamSpec spec,
      StreamCounts counts) {
    Dataset<Row> timed =
        StreamOperator.timed(
            withoutFuture(parsed, layout, spec),
            when(
                col(ParsedColumns.REASON).isNull().and(ParsedRows.isObserved(layout)),
                col(ObservationsTable.TIMESTAMP)),
            spec);
    return StreamOperator.run(
        ArrivalStage.chunks(timed, layout), states, kernel, StreamedTables.SCHEMA, spec, counts);
  }

  /** One row from the future would make all others late. */
  private static Dataset<Row> withoutFuture(
      Dataset<Row> parsed, SeriesLayout layout, StreamSpec spec) {
    Column ahead =
        ParsedRows.isObserved(layout)
            .and(StreamOperator.isAhead(col(ObservationsTable.TIMESTAMP), spec));
    return ParsedRows.rejecting(parsed, layout, when(ahead, lit(StreamOperator.aheadReason(spec))));
  }
}

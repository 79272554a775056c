package io.longcast.table;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import io.longcast.series.SeriesLayout;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Conditions on parsed rows: the columns of observations and {@link ParsedColumns}. */
public final class ParsedRows {
  private static final String FAULT = "_more_fault";

  private ParsedRows() {}

  /** A row with a channel or past covariate; other rows know the future. */
  public static Column isObserved(SeriesLayout layout) {
    Column[] values =
        Stream.of(layout.channels(), layout.pastCovariates())
            .flatMap(List::stream)
            .map(ExactName::column)
            .toArray(Column[]::new);
    return coalesce(values).isNotNull();
  }

  /**
   * Rejects more rows. What is asked of a row is computed once, and what parsing made of it is not
   * repeated.
   *
   * @param reason as text; null for rows that stay as they are. Rows that are rejected already keep
   *     theirs
   */
  public static Dataset<Row> rejecting(Dataset<Row> parsed, SeriesLayout layout, Column reason) {
    Column[] all =
        Stream.concat(
                Stream.of(ObservationsTable.SERIES_ID, ObservationsTable.TIMESTAMP),
                ObservationsTable.numbers(layout).stream())
            .map(ExactName::column)
            .toArray(Column[]::new);
    Column record = when(col(FAULT).isNotNull(), to_json(struct(all)));
    return parsed
        .withColumn(FAULT, reason)
        .withColumn(ParsedColumns.RECORD, coalesce(col(ParsedColumns.RECORD), record))
        .withColumn(ParsedColumns.REASON, coalesce(col(ParsedColumns.REASON), col(FAULT)))
        .drop(FAULT);
  }
}

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
  private ParsedRows() {}

  /** A good row with a channel or past covariate; other rows know the future. */
  public static Column isObserved(SeriesLayout layout) {
    Column[] values =
        Stream.of(layout.channels(), layout.pastCovariates())
            .flatMap(List::stream)
            .map(ExactName::column)
            .toArray(Column[]::new);
    return col(ParsedColumns.REASON).isNull().and(coalesce(values).isNotNull());
  }

  /**
   * Rejects more rows.
   *
   * @param condition true for these, which are good so far
   * @param reason as text
   */
  public static Dataset<Row> rejecting(
      Dataset<Row> parsed, SeriesLayout layout, Column condition, Column reason) {
    Column[] all =
        Stream.concat(
                Stream.of(ObservationsTable.SERIES_ID, ObservationsTable.TIMESTAMP),
                ObservationsTable.numbers(layout).stream())
            .map(ExactName::column)
            .toArray(Column[]::new);
    return parsed
        .withColumn(
            ParsedColumns.RECORD,
            when(condition, to_json(struct(all))).otherwise(col(ParsedColumns.RECORD)))
        .withColumn(
            ParsedColumns.REASON, when(condition, reason).otherwise(col(ParsedColumns.REASON)));
  }
}

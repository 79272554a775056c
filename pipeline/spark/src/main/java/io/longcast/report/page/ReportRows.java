package io.longcast.report.page;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.longcast.table.AnomaliesTable;
import io.longcast.table.ExactName;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Rows of the anomalies table, or observations in their shape, with a place on one axis: {@value
 * #X}, microseconds since 1970, or the row number where the data have no time.
 */
public final class ReportRows {
  static final String X = "x";

  private static final String PLACE =
      "coalesce(unix_micros(%s), `%s`)".formatted(AnomaliesTable.TIMESTAMP, AnomaliesTable.ROW);

  private ReportRows() {}

  /** Scored values. */
  public static Dataset<Row> scored(Dataset<Row> anomalies) {
    return anomalies.withColumn(X, expr(PLACE)).where(col(X).isNotNull());
  }

  /**
   * Observed values that were not scored.
   *
   * @param observations one row for each series and step
   * @param channels its value columns
   */
  public static Dataset<Row> observed(Dataset<Row> observations, List<String> channels) {
    Column[] values =
        channels.stream()
            .map(
                name ->
                    struct(
                        lit(name).as(AnomaliesTable.CHANNEL),
                        ExactName.column(name).as(AnomaliesTable.VALUE)))
            .toArray(Column[]::new);
    Column none = lit(null).cast(DataTypes.DoubleType);
    return scored(
        observations
            .withColumn("cell", explode(array(values)))
            .where(col("cell." + AnomaliesTable.VALUE).isNotNull())
            .select(
                col(AnomaliesTable.SERIES_ID),
                col("cell." + AnomaliesTable.CHANNEL),
                col(AnomaliesTable.TIMESTAMP),
                col(AnomaliesTable.ROW),
                col("cell." + AnomaliesTable.VALUE),
                none.as(AnomaliesTable.EXPECTED),
                none.as(AnomaliesTable.LOWER),
                none.as(AnomaliesTable.UPPER),
                none.as(AnomaliesTable.ANOMALY_SCORE),
                none.as(AnomaliesTable.THRESHOLD),
                lit(false).as(AnomaliesTable.IS_ANOMALY),
                none.as(AnomaliesTable.CONTRIBUTION)));
  }
}

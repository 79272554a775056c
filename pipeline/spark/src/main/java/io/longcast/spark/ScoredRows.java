package io.longcast.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.last;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import io.longcast.pipeline.SeriesDataset;
import io.longcast.read.ReadStage;
import io.longcast.read.SeriesColumns;
import io.longcast.series.Frequency;
import io.longcast.table.AnomaliesTable;
import io.longcast.table.ExactName;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Gives each row of a caller the score of the grid step it lies in. */
final class ScoredRows {
  /** The target that contributes most to the score. */
  private static final String CHANNEL = "anomaly_channel";

  private static final StructType ADDED =
      new StructType()
          .add(AnomaliesTable.ANOMALY_SCORE, DataTypes.DoubleType, true)
          .add(AnomaliesTable.THRESHOLD, DataTypes.DoubleType, true)
          .add(AnomaliesTable.IS_ANOMALY, DataTypes.BooleanType, true)
          .add(CHANNEL, DataTypes.StringType, true)
          .add(AnomaliesTable.EXPECTED, DataTypes.DoubleType, true)
          .add(AnomaliesTable.LOWER, DataTypes.DoubleType, true)
          .add(AnomaliesTable.UPPER, DataTypes.DoubleType, true);

  private static final String INPUT = "_row";
  private static final String SCORE = "_score";
  private static final String SERIES = "_series";
  private static final String MICROS = "_micros";

  /** Steps of months differ in length; none is longer than its mean by more than this. */
  private static final double LONGEST_STEP = 1.05;

  private static final double MICROS_PER_SECOND = 1e6;

  private ScoredRows() {}

  /**
   * The schema of the rows with the columns of the score.
   *
   * @throws IllegalArgumentException if a column of such a name is there already
   */
  static StructType schema(StructType rows) {
    StructType all = rows;
    for (StructField field : ADDED.fields()) {
      if (Arrays.asList(rows.fieldNames()).contains(field.name())) {
        throw new IllegalArgumentException(
            "the rows have a column "
                + field.name()
                + " already, where the score would go: rename it, or use anomalies()");
      }
      all = all.add(field);
    }
    return all;
  }

  /** The rows with their scores. */
  static Dataset<Row> of(
      Dataset<Row> rows, SeriesColumns columns, SeriesDataset data, Dataset<Row> anomalies) {
    schema(rows.schema());
    Frequency step =
        data.frequency()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "rows are scored in their places on a regular grid only; with clean.grid ="
                            + " rows use anomalies()"));
    Column[] names = Arrays.stream(rows.columns()).map(ExactName::column).toArray(Column[]::new);
    Dataset<Row> inputs =
        ReadStage.keyed(rows, columns, SERIES, MICROS)
            .select(struct(names).as(INPUT), col(SERIES), col(MICROS));
    Dataset<Row> scores = bySteps(anomalies);
    Dataset<Row> both =
        inputs
            .withColumn(SCORE, lit(null).cast(scores.schema().apply(SCORE).dataType()))
            .unionByName(
                scores.withColumn(INPUT, lit(null).cast(inputs.schema().apply(INPUT).dataType())));
    WindowSpec past =
        Window.partitionBy(SERIES)
            .orderBy(col(MICROS), col(INPUT).isNotNull())
            .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    Column newest = last(col(SCORE), true).over(past);
    double longest = step.meanSeconds() * LONGEST_STEP * MICROS_PER_SECOND;
    Column age = col(MICROS).minus(col(SCORE + "." + MICROS));
    return both.withColumn(SCORE, newest)
        .where(col(INPUT).isNotNull())
        .withColumn(SCORE, when(age.lt(lit(longest)), col(SCORE)))
        .select(columns());
  }

  private static Column[] columns() {
    List<Column> columns = new java.util.ArrayList<>(List.of(col(INPUT + ".*")));
    for (String name : ADDED.fieldNames()) {
      columns.add(col(SCORE + "." + name).as(name));
    }
    return columns.toArray(Column[]::new);
  }

  /** One row per series and step, of the target that contributes most. */
  private static Dataset<Row> bySteps(Dataset<Row> anomalies) {
    Column most = col(AnomaliesTable.CONTRIBUTION);
    Column micros = unix_micros(col(AnomaliesTable.TIMESTAMP));
    return anomalies
        .groupBy(col(AnomaliesTable.SERIES_ID).as(SERIES), micros.as(MICROS))
        .agg(
            max(AnomaliesTable.ANOMALY_SCORE).as(AnomaliesTable.ANOMALY_SCORE),
            max(AnomaliesTable.THRESHOLD).as(AnomaliesTable.THRESHOLD),
            functions.max(AnomaliesTable.IS_ANOMALY).as(AnomaliesTable.IS_ANOMALY),
            max_by(col(AnomaliesTable.CHANNEL), most).as(CHANNEL),
            max_by(col(AnomaliesTable.EXPECTED), most).as(AnomaliesTable.EXPECTED),
            max_by(col(AnomaliesTable.LOWER), most).as(AnomaliesTable.LOWER),
            max_by(col(AnomaliesTable.UPPER), most).as(AnomaliesTable.UPPER))
        .select(
            col(SERIES),
            col(MICROS),
            struct(
                    col(MICROS),
                    col(AnomaliesTable.ANOMALY_SCORE),
                    col(AnomaliesTable.THRESHOLD),
                    col(AnomaliesTable.IS_ANOMALY),
                    col(CHANNEL),
                    col(AnomaliesTable.EXPECTED),
                    col(AnomaliesTable.LOWER),
                    col(AnomaliesTable.UPPER))
                .as(SCORE));
  }
}

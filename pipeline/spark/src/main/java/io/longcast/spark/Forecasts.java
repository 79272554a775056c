package io.longcast.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.rank;

import io.longcast.table.ForecastsTable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Reads the history of forecasts. */
public final class Forecasts {
  private static final String AGE = "_age";

  private Forecasts() {}

  /**
   * The newest forecast of each series and channel: the rows of its latest origin. Rows without a
   * time count as the oldest. One shuffle.
   *
   * <pre>{@code
   * Dataset<Row> history = TableReader.load(spark, "parquet", "out/forecasts");
   * Dataset<Row> newest = Forecasts.newest(history.where("model_id = '4f2c...'"));
   * }</pre>
   *
   * @param forecasts in the shape of {@link ForecastsTable}; of several models, each has its own
   *     newest forecasts
   */
  public static Dataset<Row> newest(Dataset<Row> forecasts) {
    Column[] of = {
      col(ForecastsTable.MODEL_ID), col(ForecastsTable.SERIES_ID), col(ForecastsTable.CHANNEL)
    };
    WindowSpec byAge = Window.partitionBy(of).orderBy(col(ForecastsTable.ORIGIN).desc_nulls_last());
    return forecasts.withColumn(AGE, rank().over(byAge)).where(col(AGE).equalTo(1)).drop(AGE);
  }
}

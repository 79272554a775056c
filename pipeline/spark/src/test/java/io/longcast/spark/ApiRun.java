package io.longcast.spark;

import java.util.TreeMap;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A driver that fits and forecasts with the API in a session somebody else configured: arguments
 * are settings of Spark, {@code key=value}; prints the hash of the parameters and of the forecasts.
 */
public final class ApiRun {
  private ApiRun() {}

  public static void main(String[] arguments) {
    SparkConf conf = new SparkConf();
    for (String argument : arguments) {
      conf.set(
          argument.substring(0, argument.indexOf('=')),
          argument.substring(argument.indexOf('=') + 1));
    }
    SparkSession spark = SparkSession.builder().config(conf).appName("api").getOrCreate();
    Dataset<Row> rows = Meters.rows(spark, 3).repartition(3);
    ForecasterModel model = Meters.forecaster().fit(rows);
    TreeMap<String, String> forecasts = new TreeMap<>();
    for (Row row :
        model.transform(rows).selectExpr("series_id", "step", "forecast").collectAsList()) {
      forecasts.put(row.getString(0) + "/" + row.getInt(1), row.get(2).toString());
    }
    System.out.println("API " + model.parametersSha256() + " " + forecasts.hashCode());
    spark.stop();
  }
}

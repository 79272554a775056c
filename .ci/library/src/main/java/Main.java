import io.longcast.spark.Forecaster;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What a user of the library writes. */
public final class Main {
  public static void main(String[] args) {
    SparkSession spark = SparkSession.builder().master("local[1]").getOrCreate();
    Dataset<Row> rows =
        spark.range(600).selectExpr(
            "concat('s', id div 300) as series_id",
            "timestamp_seconds(1704067200 + 3600 * (id % 300)) as timestamp",
            "10 + sin(id * 0.26) as value");
    long ok =
        new Forecaster().setHorizon(6).setContextLength(48).set("training.steps", 20)
            .fit(rows).transform(rows).where("status = 'ok'").count();
    System.out.println("forecasts: " + ok);
    spark.stop();
  }
}

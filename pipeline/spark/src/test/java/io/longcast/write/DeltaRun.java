package io.longcast.write;

import io.longcast.table.TableShape;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Writes a Delta table for two models, one of them twice, as a process of its own: Delta is set up
 * when Spark starts. The argument is the output folder. Prints how many rows each model has.
 */
public final class DeltaRun {
  private DeltaRun() {}

  public static void main(String[] args) {
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
            .config(
                "spark.sql.catalog.spark_catalog",
                "org.apache.spark.sql.delta.catalog.DeltaCatalog")
            .getOrCreate();
    try {
      for (TableShape table : List.of(table("daily", List.of("day")), table("flat", List.of()))) {
        TableSink sink =
            TableSink.open(
                spark, new OutputSpec(args[0], "delta", Map.of(), CommitProtocol.AUTO, 1 << 20));
        sink.replace(rows(spark, "a", 0, 10), table, Map.of("model_id", "a"));
        sink.replace(rows(spark, "it's", 0, 10), table, Map.of("model_id", "it's"));
        sink.replace(rows(spark, "a", 5, 12), table, Map.of("model_id", "a"));
        for (Row count : sink.read(table).groupBy("model_id").count().collectAsList()) {
          System.out.println(table.name() + " " + count.getString(0) + " " + count.getLong(1));
        }
      }
    } finally {
      spark.stop();
    }
  }

  private static TableShape table(String name, List<String> partitions) {
    StructType schema = StructType.fromDDL("id bigint, day date, model_id string");
    return new TableShape(name, schema, List.of("id", "model_id"), partitions);
  }

  private static Dataset<Row> rows(SparkSession spark, String model, int from, int to) {
    return spark
        .range(from, to, 1, 3)
        .selectExpr(
            "id",
            "date_add(date'2024-01-01', cast(id div 4 as int)) day",
            "\"" + model + "\" model_id");
  }
}

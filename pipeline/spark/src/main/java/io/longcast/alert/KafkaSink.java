package io.longcast.alert;

import io.longcast.sparkinternals.SparkBuild;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Writes alerts by Spark's Kafka sink, keyed by event id, so that both messages of an event keep
 * their order; the header {@code idempotency-key} tells repeated ones.
 */
final class KafkaSink implements AlertSink {
  private static final String SOURCE = "org.apache.spark.sql.kafka010.KafkaSourceProvider";
  private static final StructType RECORD =
      DataTypes.createStructType(
          new StructField[] {
            DataTypes.createStructField("key", DataTypes.StringType, false),
            DataTypes.createStructField("value", DataTypes.StringType, false),
            DataTypes.createStructField(
                "headers",
                DataTypes.createArrayType(
                    DataTypes.createStructType(
                        new StructField[] {
                          DataTypes.createStructField("key", DataTypes.StringType, false),
                          DataTypes.createStructField("value", DataTypes.BinaryType, false)
                        })),
                false)
          });

  private final SparkSession spark;
  private final AlertSpec spec;
  private final AlertSpec.Kafka topic;

  KafkaSink(SparkSession spark, AlertSpec spec, AlertSpec.Kafka topic) {
    this.spark = spark;
    this.spec = spec;
    this.topic = topic;
  }

  @Override
  public String name() {
    return topic.name();
  }

  @Override
  public int batch() {
    return Integer.MAX_VALUE;
  }

  @Override
  public void deliver(List<Alert> alerts) throws UndeliveredException {
    requireClient();
    List<Row> rows = alerts.stream().map(KafkaSink::row).toList();
    try {
      spark
          .createDataFrame(rows, RECORD)
          .coalesce(1)
          .write()
          .format("kafka")
          .option("kafka.max.block.ms", spec.timeout().toMillis())
          .options(topic.options().orElse(Map.of()))
          .option("kafka.bootstrap.servers", topic.servers())
          .option("topic", topic.topic())
          .option("includeHeaders", "true")
          .save();
    } catch (Exception failed) {
      // Scala does not declare what it throws: mostly a SparkException. Its message may hold
      // addresses.
      throw new UndeliveredException("not delivered, " + rootName(failed), failed);
    }
  }

  private static String rootName(Throwable failed) {
    Throwable root = failed;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName();
  }

  private static void requireClient() throws UndeliveredException {
    try {
      Class.forName(SOURCE, false, Thread.currentThread().getContextClassLoader());
    } catch (ClassNotFoundException absent) {
      throw new UndeliveredException(
          "Spark's Kafka connector is not on the class path: start with --packages "
              + SparkBuild.kafkaPackage()
              + " (alerts.kafka)",
          absent);
    }
  }

  private static Row row(Alert alert) {
    Row key = RowFactory.create("idempotency-key", alert.key().getBytes());
    return RowFactory.create(alert.eventId(), alert.json(), List.of(key));
  }
}

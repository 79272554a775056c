package io.longcast.read;

import io.longcast.settings.SettingChecks;
import io.longcast.settings.SettingException;
import io.longcast.sparkinternals.SparkBuild;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * Where rows come from with {@code source.format = kafka}: each message of a topic is one.
 *
 * @param bootstrapServers hosts and ports of brokers, separated by commas. Proposed default: absent
 * @param topic the topic, or several separated by commas. Proposed default: absent
 * @param payload how the value of a message is written. Proposed default: json
 * @param columns names of the cells of a CSV message, in their order. Proposed default: {@code []}
 * @param avroSchema schema of Avro messages, as JSON or the path of a file. Proposed default:
 *     absent
 * @param avroHeader bytes before the record in an Avro message, at least 0. Proposed default: 0
 */
public record KafkaSpec(
    Optional<String> bootstrapServers,
    Optional<String> topic,
    Payload payload,
    List<String> columns,
    Optional<String> avroSchema,
    int avroHeader)
    implements Serializable {
  /** The format of a source that is a topic. */
  public static final String FORMAT = "kafka";

  /** How a message is written. */
  public enum Payload {
    /** One JSON object. */
    JSON,
    /** One line of CSV without a header. */
    CSV,
    /** A record of Avro. */
    AVRO
  }

  public KafkaSpec {
    columns = List.copyOf(columns);
    if (payload == Payload.CSV && columns.isEmpty()) {
      throw new SettingException(
          List.of("source.kafka.payload", "source.kafka.columns"),
          "messages of CSV have no header: name their cells in source.kafka.columns, found none");
    }
    if (payload == Payload.AVRO && avroSchema.isEmpty()) {
      throw new SettingException(
          List.of("source.kafka.payload", "source.kafka.avroSchema"),
          "messages of Avro do not hold their schema: declare it in source.kafka.avroSchema, found"
              + " none");
    }
    SettingChecks.atLeast(avroHeader, 0, "source.kafka.avroHeader");
  }

  /** The brokers. */
  String servers() {
    return required(bootstrapServers, "source.kafka.bootstrapServers");
  }

  /** The topics. */
  String topics() {
    return required(topic, "source.kafka.topic");
  }

  private static String required(Optional<String> value, String key) {
    return value
        .filter(text -> !text.isBlank())
        .orElseThrow(
            () -> new SettingException(key, "source.format = kafka needs " + key + ", found none"));
  }

  /**
   * Refuses Kafka where Spark's connector is not on the class path.
   *
   * @param key of the setting that asks for it
   */
  public static void requireConnector(String key) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    if (loader.getResource("org/apache/spark/sql/kafka010/KafkaSourceProvider.class") == null) {
      throw new SettingException(
          key,
          "Kafka needs Spark's connector on the class path (spark-submit --packages "
              + SparkBuild.kafkaPackage()
              + ")");
    }
  }
}

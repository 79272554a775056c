package io.longcast.flow;

import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.longcast.read.AvroMessages;
import io.longcast.read.KafkaSpec;
import io.longcast.stream.StreamSpec.TopicSpec;
import io.longcast.table.TableShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.avro.SchemaConverters;
import org.apache.spark.sql.avro.functions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes rows of a stream to topics of Kafka, at least once, with keys that stay the same. */
public final class StreamTopics {
  private static final Logger LOG = LoggerFactory.getLogger(StreamTopics.class);

  private final TopicSpec spec;
  private final List<Topic> topics = new ArrayList<>();

  /** A topic that takes the rows of a table. */
  private record Topic(String name, TableShape table, Column key) {}

  /** No topics, of these brokers. */
  public StreamTopics(TopicSpec spec) {
    this.spec = spec;
    if (spec.bootstrapServers().isPresent()) {
      KafkaSpec.requireConnector("stream.kafka.bootstrapServers");
      if (isAvro()) {
        AvroMessages.requireAvro("stream.kafka.payload");
      }
    }
  }

  private boolean isAvro() {
    return spec.payload() == TopicSpec.Payload.AVRO;
  }

  /**
   * The same with one more topic, if it has a name.
   *
   * @param key of a message, from the columns of the table
   */
  public StreamTopics with(Optional<String> name, TableShape table, Column key) {
    if (name.isPresent()) {
      topics.add(new Topic(name.get(), table, key));
      if (isAvro()) {
        LOG.info("messages of topic {} are of the schema {}", name.get(), Avro.schema(table));
      }
    }
    return this;
  }

  /** Writes rows to the topics of their table. */
  void tell(Dataset<Row> rows, TableShape table) {
    for (Topic topic : topics) {
      if (topic.table() == table) {
        Column all = struct("*");
        rows.select(topic.key().as("key"), (isAvro() ? Avro.record(all) : to_json(all)).as("value"))
            .write()
            .format(KafkaSpec.FORMAT)
            .option("kafka.bootstrap.servers", spec.bootstrapServers().orElseThrow())
            .option("topic", topic.name())
            .save();
      }
    }
  }

  /** Loaded where spark-avro is on the class path. */
  private static final class Avro {
    static Column record(Column struct) {
      return functions.to_avro(struct);
    }

    /** As {@code to_avro} derives it. */
    static String schema(TableShape table) {
      return SchemaConverters.toAvroType(table.schema(), false, "topLevelRecord", "").toString();
    }
  }
}

package io.longcast.flow;

import io.longcast.testing.MavenSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A Kafka broker of this JVM with its own controller, on free ports of the loopback interface. */
public final class KafkaBroker implements AutoCloseable {
  private final Path logs;
  private final int port = MavenSpark.freePort();
  private final int controller = MavenSpark.freePort();
  private KafkaRaftServer server;

  public KafkaBroker(Path folder) throws IOException {
    logs = Files.createDirectories(folder.resolve("kafka"));
    Files.write(
        logs.resolve("meta.properties"),
        List.of("version=1", "cluster.id=bG9uZ2Nhc3QtdGVzdHMtMQ", "node.id=1"));
    start();
  }

  public void start() {
    Properties settings = new Properties();
    settings.putAll(
        Map.of(
            "process.roles", "broker,controller",
            "node.id", "1",
            "controller.quorum.voters", "1@127.0.0.1:" + controller,
            "listeners",
                "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controller),
            "controller.listener.names", "CONTROLLER",
            "log.dirs", logs.toString(),
            "offsets.topic.replication.factor", "1",
            "log.cleaner.enable", "false",
            "num.io.threads", "2",
            "num.network.threads", "1"));
    server = RaftServer.of(new KafkaConfig(settings));
    server.startup();
  }

  public void stop() {
    server.shutdown();
    server.awaitShutdown();
  }

  public String servers() {
    return "127.0.0.1:" + port;
  }

  public void create(String topic, int partitions) throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers()))) {
      admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
    }
  }

  /** Sends messages, each by the key before its first comma. */
  public void send(String topic, List<String[]> messages) {
    Map<String, Object> settings = Map.of("bootstrap.servers", servers(), "acks", "all");
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      messages.forEach(each -> producer.send(new ProducerRecord<>(topic, each[0], each[1])));
      producer.flush();
    }
  }

  /** Keys and values of all messages of a topic of one partition. */
  public List<String[]> received(String topic) {
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers()),
            new StringDeserializer(),
            new StringDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      List<String[]> messages = new ArrayList<>();
      while (consumer.position(partition) < end) {
        consumer
            .poll(java.time.Duration.ofSeconds(1))
            .forEach(each -> messages.add(new String[] {each.key(), each.value()}));
      }
      return messages;
    }
  }

  @Override
  public void close() {
    stop();
  }
}

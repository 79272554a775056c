package io.longcast.flow;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/** The server of the Kafka release that comes with this line of Spark. */
final class RaftServer {
  private RaftServer() {}

  static KafkaRaftServer of(KafkaConfig config) {
    return new KafkaRaftServer(config, Time.SYSTEM);
  }
}

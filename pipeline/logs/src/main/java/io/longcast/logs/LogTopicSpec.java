package io.longcast.logs;

import io.longcast.settings.SettingException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A topic of log entries: section {@code logs.kafka}.
 *
 * @param bootstrapServers hosts and ports of brokers; default: absent
 * @param topic its name, or several separated by commas; absent for none; default: absent
 * @param options of Spark's Kafka source; default: none
 */
public record LogTopicSpec(
    Optional<String> bootstrapServers, Optional<String> topic, Map<String, String> options)
    implements Serializable {

  public LogTopicSpec {
    options = Map.copyOf(options);
    if (topic.isPresent() != bootstrapServers.isPresent()) {
      throw new SettingException(
          List.of("logs.kafka.bootstrapServers", "logs.kafka.topic"),
          "a topic of log entries needs both brokers and a name, found brokers %s and topic %s"
              .formatted(bootstrapServers.orElse("null"), topic.orElse("null")));
    }
  }

  /** No topic. */
  public static LogTopicSpec none() {
    return new LogTopicSpec(Optional.empty(), Optional.empty(), Map.of());
  }

  /** Whether there is one. */
  public boolean isConfigured() {
    return topic.isPresent();
  }
}

package io.longcast.stream;

import io.longcast.settings.SettingChecks;
import io.longcast.settings.SettingException;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How rows are scored as they arrive.
 *
 * @param watermark how late a row may come behind the newest one, at least 0; a step is complete,
 *     and scored, once the newest row is so far past it. Proposed default: 10 minutes
 * @param silentAfter how far the watermark has to be past the last row of a series before steps
 *     without rows count as missing, at least 0. Proposed default: 0
 * @param expireAfter how far the watermark has to be past the last row of a series before its state
 *     is deleted, above 0. Proposed default: 30 days
 * @param maxAhead how far the time of a row may lie ahead of the clock, above 0; later ones are
 *     rejected, because one of them would make all others late. Proposed default: 1 day
 * @param statesEvery event time between two rows of a series in the table of detector states, from
 *     which a batch run goes on, above 0. Proposed default: 1 day
 * @param trigger time between two micro-batches, at least 0; 0 for one after the other. Proposed
 *     default: 10 seconds
 * @param partitions of the state, at least 0; 0 for Spark's shuffle partitions where they are set,
 *     else two a core. The first start decides. Proposed default: 0
 * @param checkpoint folder of the query's progress and state; absent: below {@code output.path}.
 *     Proposed default: absent
 * @param kafka the topics that events and forecasts are written to, beside the tables
 * @param follow which model scores. Proposed default: promoted
 * @param forecastEvery steps of a series between two forecasts, at least 0; 0 for none. Proposed
 *     default: 0
 */
public record StreamSpec(
    Duration watermark,
    Duration silentAfter,
    Duration expireAfter,
    Duration maxAhead,
    Duration statesEvery,
    Duration trigger,
    int partitions,
    Optional<String> checkpoint,
    TopicSpec kafka,
    Follow follow,
    int forecastEvery)
    implements Serializable {

  /**
   * Topics of Kafka.
   *
   * @param bootstrapServers hosts and ports of brokers. Proposed default: absent
   * @param topic name of that of events, or of the alarms of a log; absent for none. Proposed
   *     default: absent
   * @param forecasts name of that of forecasts; absent for none. Proposed default: absent
   * @param payload how a message is written. Proposed default: json
   */
  public record TopicSpec(
      Optional<String> bootstrapServers,
      Optional<String> topic,
      Optional<String> forecasts,
      Payload payload)
      implements Serializable {

    /** How a message is written. */
    public enum Payload {
      /** One JSON object. */
      JSON,
      /** A record of Avro, without a header. */
      AVRO
    }

    public TopicSpec {
      if ((topic.isPresent() || forecasts.isPresent()) != bootstrapServers.isPresent()) {
        throw new SettingException(
            List.of(
                "stream.kafka.bootstrapServers", "stream.kafka.topic", "stream.kafka.forecasts"),
            "a topic needs both brokers and a name, found brokers %s and topics %s, %s"
                .formatted(
                    bootstrapServers.orElse("null"),
                    topic.orElse("null"),
                    forecasts.orElse("null")));
      }
    }
  }

  /** Which model scores. */
  public enum Follow {
    /** The promoted one: another one that is promoted is taken up between two micro-batches. */
    PROMOTED,
    /** The one that the stream was started with. */
    FIXED
  }

  public StreamSpec {
    notNegative(watermark, "stream.watermark");
    notNegative(silentAfter, "stream.silentAfter");
    notNegative(trigger, "stream.trigger");
    positive(expireAfter, "stream.expireAfter");
    positive(maxAhead, "stream.maxAhead");
    positive(statesEvery, "stream.statesEvery");
    SettingChecks.inRange(partitions, 0, 100_000, "stream.partitions");
    SettingChecks.atLeast(forecastEvery, 0, "stream.forecastEvery");
  }

  private static void notNegative(Duration duration, String key) {
    SettingChecks.require(!duration.isNegative(), key, "0 or longer", duration);
  }

  private static void positive(Duration duration, String key) {
    SettingChecks.require(
        !duration.isNegative() && !duration.isZero(), key, "longer than 0", duration);
  }
}

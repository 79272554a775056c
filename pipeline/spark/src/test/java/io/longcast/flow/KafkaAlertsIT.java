package io.longcast.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.longcast.alert.Alert;
import io.longcast.alert.AlertDispatcher;
import io.longcast.alert.AlertSpec;
import io.longcast.table.EventsTable;
import io.longcast.testing.SharedSession;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts to a broker that is away for a while. */
@Tag("long")
class KafkaAlertsIT {
  private static final Instant NOON = Instant.parse("2024-03-01T12:00:00Z");

  @TempDir Path folder;

  private final SparkSession spark = SharedSession.get();

  private static Row event(int number, String state) {
    Instant start = NOON.plusSeconds(3600L * number);
    return RowFactory.create(
        "e" + number,
        "pump-" + number % 3,
        Timestamp.from(start),
        Timestamp.from(start.plusSeconds(1800)),
        state,
        .999,
        new String[] {"flow"},
        "spike",
        "flow: expected 1.0, saw 9.0",
        null,
        "m1",
        Date.valueOf("2024-03-01"));
  }

  private AlertDispatcher.Outcome dispatch(String servers, List<Row> events) {
    AlertSpec spec =
        new AlertSpec(
            Duration.ofDays(30),
            Optional.empty(),
            List.of(),
            List.of(new AlertSpec.Kafka("bus", servers, "alarms", Optional.empty())),
            1,
            Duration.ofMillis(1),
            Duration.ofSeconds(3));
    return AlertDispatcher.dispatch(
        spark,
        spec,
        folder.resolve("alerts/run.json").toString(),
        new AlertDispatcher.Events(
            spark.createDataFrame(events, EventsTable.SCHEMA),
            new Alert.Source("run", "m1"),
            Optional.of(NOON.plusSeconds(3600L * events.size()))));
  }

  @Test
  void everyAlertIsInTheTopicOnceInTheOrderOfItsEvent() throws Exception {
    try (KafkaBroker broker = new KafkaBroker(folder)) {
      broker.create("alarms", 1);
      List<Row> events = new ArrayList<>();
      List<String> expected = new ArrayList<>();
      for (int hour = 0; hour < 6; hour++) {
        events.removeIf(row -> row.getString(4).equals(EventsTable.OPEN));
        if (hour > 0) {
          events.add(event(hour - 1, EventsTable.CLOSED));
          expected.add("e%d closed".formatted(hour - 1));
        }
        events.add(event(hour, EventsTable.OPEN));
        expected.add("e%d open".formatted(hour));
        if (hour == 3) {
          broker.stop();
          AlertDispatcher.Outcome away = dispatch(broker.servers(), events);
          assertThat(away.delivered()).isZero();
          assertThat(away.pending()).isEqualTo(2);
          assertThat(away.failures().get("bus")).startsWith("not delivered");
          broker.start();
        }
        AlertDispatcher.Outcome done = dispatch(broker.servers(), events);
        assertThat(done.pending()).as("%s", done.failures()).isZero();
        assertThat(dispatch(broker.servers(), events).delivered()).isZero();
      }
      List<String> received = new ArrayList<>();
      for (String[] message : broker.received("alarms")) {
        String state = new ObjectMapper().readTree(message[1]).get("state").asText();
        received.add(message[0] + " " + state);
      }
      assertThat(received).isEqualTo(expected);
    }
  }
}

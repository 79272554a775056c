package io.longcast.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.longcast.files.StoredFileException;
import io.longcast.table.EventsTable;
import io.longcast.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertDispatcherTest {
  private static final Instant NOON = Instant.parse("2024-03-01T12:00:00Z");
  private static final int OK = 200;

  @TempDir Path folder;

  private final SparkSession spark = SharedSession.get();

  private static Row event(String id, int startHour, int endHour, String state, String model) {
    return RowFactory.create(
        id,
        "pump \"7\"",
        Timestamp.from(NOON.plusSeconds(3600L * startHour)),
        Timestamp.from(NOON.plusSeconds(3600L * endHour)),
        state,
        .999,
        new String[] {"flow", "pressure"},
        "spike",
        "flow: expected 1.0, saw 9.0",
        null,
        model,
        Date.valueOf(
            NOON.plusSeconds(3600L * startHour)
                .atZone(ZoneOffset.UTC)
                .toLocalDate()
                .withDayOfMonth(1)));
  }

  private static Row event(String id, int startHour, int endHour, String state) {
    return event(id, startHour, endHour, state, "m1");
  }

  private static AlertSpec spec(String url, Optional<String> file, int attempts) {
    return new AlertSpec(
        Duration.ofDays(1),
        file,
        List.of(new AlertSpec.Http("ops", url, Optional.empty(), Optional.empty())),
        List.of(),
        attempts,
        Duration.ofMillis(1),
        Duration.ofSeconds(5));
  }

  private AlertDispatcher.Outcome dispatch(
      AlertSpec spec, int newestHour, String model, Row... events) {
    return AlertDispatcher.dispatch(
        spark,
        spec,
        folder.resolve("alerts/run.json").toString(),
        new AlertDispatcher.Events(
            spark.createDataFrame(List.of(events), EventsTable.SCHEMA),
            new Alert.Source("run", model),
            Optional.of(NOON.plusSeconds(3600L * newestHour))));
  }

  /** Half of the requests fail, after half of those the alert was taken in; the server restarts. */
  @Test
  void everyAlertArrivesOnceWhateverTheServerDoes() {
    int[] answers = {OK, 503, 500, OK, 429, OK, 500, OK};
    try (AlertServer server = new AlertServer(n -> answers[n % answers.length])) {
      AlertSpec spec = spec(server.url(), Optional.empty(), 2);
      List<Row> events = new ArrayList<>();
      for (int hour = 0; hour < 15; hour += 3) {
        events.removeIf(row -> row.getString(4).equals("open"));
        events.add(event("e" + (hour - 3), hour - 3, hour, "closed"));
        events.add(event("e" + hour, hour, hour + 2, "open"));
        if (hour == 6) {
          server.stop();
          AlertDispatcher.Outcome down = dispatch(spec, hour + 2, "m1", events.toArray(Row[]::new));
          assertThat(down.pending()).isPositive();
          assertThat(down.failures().get("ops"))
              .contains("after 2 of 2 attempts")
              .doesNotContain("hush", "127.0.0.1");
          server.start();
        }
        long pending = 1;
        for (int run = 0; pending > 0; run++) {
          assertThat(run).isLessThan(20);
          pending = dispatch(spec, hour + 2, "m1", events.toArray(Row[]::new)).pending();
        }
      }
      List<String> expected = new ArrayList<>();
      for (int hour = -3; hour < 12; hour += 3) {
        expected.add("e" + hour + "-open");
        expected.add("e" + hour + "-closed");
      }
      expected.add("e12-open");
      assertThat(server.taken.keySet()).containsExactlyInAnyOrderElementsOf(expected);
      for (int hour = -3; hour < 12; hour += 3) {
        assertThat(server.requests.indexOf("e" + hour + "-open"))
            .isLessThan(server.requests.indexOf("e" + hour + "-closed"));
      }
      int before = server.requests.size();
      dispatch(spec, 14, "m1", events.toArray(Row[]::new));
      assertThat(server.requests).hasSize(before);
    }
  }

  /** A process that dies after a delivery and before it is noted repeats it under the same key. */
  @Test
  void aCrashRepeatsAtMostTheLastDelivery() throws IOException {
    try (AlertServer server = new AlertServer(n -> OK)) {
      AlertSpec spec = spec(server.url(), Optional.empty(), 1);
      dispatch(spec, 1, "m1", event("a", 0, 1, "open"));
      Path record = folder.resolve("alerts/run.json");
      String before = Files.readString(record);
      Row[] both = {event("a", 0, 1, "closed"), event("b", 2, 3, "open")};
      dispatch(spec, 3, "m1", both);
      Files.writeString(record, before);
      dispatch(spec, 3, "m1", both);
      assertThat(server.requests)
          .containsExactly("a-open", "a-closed", "b-open", "a-closed", "b-open");
      assertThat(server.taken).hasSize(3);
    }
  }

  @Test
  void theFirstRunReportsWhatIsRecentAndLaterOnesWhatEndedSince() {
    try (AlertServer server = new AlertServer(n -> OK)) {
      AlertSpec spec = spec(server.url(), Optional.empty(), 1);
      Row old = event("old", -60, -50, "closed");
      Row recent = event("recent", -20, -10, "closed");
      dispatch(spec, 0, "m1", old, recent);
      assertThat(server.taken.keySet()).containsExactly("recent-open", "recent-closed");
      // The next run comes five days later: what ended in between is reported all the same.
      dispatch(spec, 120, "m1", old, recent, event("meanwhile", 30, 40, "closed"));
      assertThat(server.taken.keySet())
          .containsExactly("recent-open", "recent-closed", "meanwhile-open", "meanwhile-closed");
    }
  }

  private static Row withdrawn(String id, int startHour, int endHour, String state) {
    Row row = event(id, startHour, endHour, state);
    Object[] columns = new Object[row.size()];
    java.util.Arrays.setAll(columns, row::get);
    columns[row.size() - 5] = EventsTable.WITHDRAWN;
    return RowFactory.create(columns);
  }

  /** An alarm may be withdrawn for a while and stand in the end; nobody hears of one that ended. */
  @Test
  void anEventThatIsWithdrawnIsClosedForThoseThatKnowItWhenItIsOver() {
    try (AlertServer server = new AlertServer(n -> OK)) {
      AlertSpec spec = spec(server.url(), Optional.empty(), 1);
      dispatch(spec, 2, "m1", event("a", 0, 2, "open"), event("c", 0, 2, "open"));
      Row unheard = withdrawn("b", 1, 2, "closed");
      dispatch(spec, 3, "m1", withdrawn("a", 0, 2, "open"), withdrawn("c", 0, 2, "open"), unheard);
      assertThat(server.requests).containsExactly("a-open", "c-open");
      dispatch(spec, 4, "m1", withdrawn("a", 0, 2, "closed"), event("c", 0, 2, "closed"), unheard);
      dispatch(spec, 5, "m1", withdrawn("a", 0, 2, "closed"), event("c", 0, 2, "closed"), unheard);
      assertThat(server.requests)
          .containsExactlyInAnyOrder("a-open", "c-open", "a-closed", "c-closed");
    }
  }

  /** Nobody is left with an alarm that no model sees any more. */
  @Test
  void closesAnEventThatTheNextModelDoesNotSee() {
    try (AlertServer server = new AlertServer(n -> OK)) {
      AlertSpec spec = spec(server.url(), Optional.empty(), 1);
      Row open = event("a", 0, 2, "open");
      dispatch(spec, 2, "m1", open);
      dispatch(spec, 3, "m2", open);
      dispatch(spec, 4, "m2", open);
      assertThat(server.requests).containsExactly("a-open", "a-closed");
    }
  }

  /** Its partition is older than those that a run looks at. */
  @Test
  void closesAnEventThatBeganInAnotherYear() {
    try (AlertServer server = new AlertServer(n -> OK)) {
      AlertSpec spec = spec(server.url(), Optional.empty(), 1);
      int start = -24 * 800;
      dispatch(spec, -24 * 790, "m1", event("long", start, -24 * 790, "open"));
      dispatch(spec, 0, "m1", event("long", start, 0, "open"));
      dispatch(spec, 24, "m1", event("long", start, 20, "closed"), event("a", 10, 24, "open"));
      dispatch(spec, 48, "m1", event("long", start, 20, "closed"), event("a", 10, 48, "open"));
      assertThat(server.requests).containsExactly("long-open", "a-open", "long-closed");
    }
  }

  /** A model that is new names an event anew that began in a partition of long ago. */
  @Test
  void reportsAnEventThatBeganInAnotherYearAndIsSeenNow() {
    try (AlertServer server = new AlertServer(n -> OK)) {
      AlertSpec spec = spec(server.url(), Optional.empty(), 1);
      dispatch(spec, 0, "m1");
      dispatch(spec, 24, "m1", event("new", -24 * 90, 24, "open"));
      assertThat(server.requests).containsExactly("new-open");
    }
  }

  @Test
  void aRefusedRequestIsNotRepeatedAndHoldsBackWhatFollows() {
    try (AlertServer server = new AlertServer(n -> 403)) {
      AlertDispatcher.Outcome refused =
          dispatch(spec(server.url(), Optional.empty(), 5), 1, "m1", event("a", 0, 1, "closed"));
      assertThat(server.requests).containsExactly("a-open");
      assertThat(refused.pending()).isEqualTo(2);
      assertThat(refused.lines()).anyMatch(line -> line.contains("alerts to ops: HTTP 403"));
    }
  }

  @Test
  void writesJsonLinesAndTheFieldsOfAnAlert() throws IOException {
    try (AlertServer server = new AlertServer(n -> OK)) {
      Path lines = folder.resolve("lines");
      AlertSpec spec = spec(server.url(), Optional.of(lines.toString()), 1);
      dispatch(spec, 1, "m1", event("a", 0, 1, "closed"));
      List<String> written = new ArrayList<>();
      try (Stream<Path> files = Files.list(lines)) {
        for (Path file : files.toList()) {
          written.addAll(Files.readAllLines(file));
        }
      }
      assertThat(written).hasSize(2);
      JsonNode first = new ObjectMapper().readTree(written.get(0));
      assertThat(first).isEqualTo(server.taken.get("a-open"));
      assertThat(first.get("series_id").asText()).isEqualTo("pump \"7\"");
      assertThat(first.get("start").asText()).isEqualTo("2024-03-01T12:00:00Z");
      assertThat(first.get("action").asText()).isEqualTo("trigger");
      assertThat(first.get("channels").get(0).asText()).isEqualTo("flow");
      assertThat(new ObjectMapper().readTree(written.get(1)).get("action").asText())
          .isEqualTo("resolve");
    }
  }

  @Test
  void aBrokerThatIsNotReachedLeavesAlertsPending() {
    AlertSpec spec =
        new AlertSpec(
            Duration.ofDays(1),
            Optional.empty(),
            List.of(),
            List.of(new AlertSpec.Kafka("bus", "127.0.0.1:1", "alarms", Optional.empty())),
            1,
            Duration.ZERO,
            Duration.ofSeconds(1));
    AlertDispatcher.Outcome outcome = dispatch(spec, 1, "m1", event("a", 0, 1, "open"));
    assertThat(outcome.pending()).isEqualTo(1);
    assertThat(outcome.failures().get("bus")).contains("not delivered").doesNotContain("127.0.0.1");
  }

  @Test
  void refusesADamagedRecordNamingIt() throws IOException {
    Path record = folder.resolve("alerts/run.json");
    Files.createDirectories(record.getParent());
    Files.writeString(record, "{\"version\":1,");
    assertThatThrownBy(
            () ->
                dispatch(
                    spec("http://127.0.0.1:1/", Optional.empty(), 1),
                    1,
                    "m1",
                    event("a", 0, 1, "open")))
        .isInstanceOf(StoredFileException.class)
        .hasMessageContaining("run.json");
  }
}

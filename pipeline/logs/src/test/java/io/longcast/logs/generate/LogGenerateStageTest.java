package io.longcast.logs.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.testing.SharedSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** The generated log of devices shows what its labels say. */
class LogGenerateStageTest {
  private static final int DEVICES = 120;
  private static final LogGenerateSpec SPEC =
      new LogGenerateSpec(DEVICES, 12, "2024-01-01T00:00:00Z", 0.3, 6, 0, 0, 5);

  private final SparkSession spark = SharedSession.get();

  private static String session(String line) {
    return line.substring(line.indexOf('[') + 1, line.indexOf(']'));
  }

  private Map<String, List<String>> sessions() {
    Map<String, List<String>> sessions = new HashMap<>();
    LogGenerateStage.lines(spark, SPEC)
        .collectAsList()
        .forEach(
            line -> sessions.computeIfAbsent(session(line), id -> new ArrayList<>()).add(line));
    return sessions;
  }

  private static long wait(List<String> session, int position) {
    return Duration.between(time(session.get(position - 1)), time(session.get(position)))
        .toMillis();
  }

  private static Instant time(String line) {
    return Instant.parse(line.substring(0, line.indexOf(' ')));
  }

  @Test
  void everyFaultOfTheSixKindsIsWhereItsLabelSays() {
    Map<String, List<String>> sessions = sessions();
    assertThat(sessions).hasSize(DEVICES * 12);
    Set<String> kinds = new HashSet<>();
    for (Row label : LogGenerateStage.labels(spark, SPEC).collectAsList()) {
      List<String> session = sessions.get(label.getString(0));
      int at = label.getInt(2);
      assertThat(time(session.get(0)))
          .as("the first hours are clean")
          .isAfterOrEqualTo(Instant.parse("2024-01-01T06:00:00Z"));
      String text = String.join("\n", session);
      switch (label.getString(1)) {
        case "new-message" -> assertThat(session.get(at)).contains("ERROR [").contains("core: ");
        case "slow-step" -> assertThat(wait(session, at)).isGreaterThanOrEqualTo(20_000);
        case "early-end" -> assertThat(session).hasSize(at).noneMatch(l -> l.contains("sleeping"));
        case "loop" -> assertThat(message(session, at)).isEqualTo(message(session, at - 2));
        case "wrong-order" ->
            assertThat(text.indexOf("acknowledged")).isLessThan(text.indexOf("queued"));
        case "missing-step" -> assertThat(steps(text)).isEqualTo(3);
        default -> throw new AssertionError("no such fault: " + label);
      }
      kinds.add(label.getString(1));
      sessions.remove(label.getString(0));
    }
    assertThat(kinds).containsExactlyInAnyOrderElementsOf(DeviceRun.FAULTS);
    assertThat(sessions).hasSizeBetween(DEVICES * 9, DEVICES * 11);
    sessions
        .values()
        .forEach(
            session -> {
              assertThat(session.get(session.size() - 1)).contains("sleeping until next wake");
              assertThat(steps(String.join("\n", session))).isEqualTo(4);
              for (int i = 1; i < session.size(); i++) {
                assertThat(wait(session, i)).isBetween(0L, 200L);
              }
            });
  }

  private static String message(List<String> session, int at) {
    return session.get(at).substring(session.get(at).indexOf(']'));
  }

  /** How many of the four steps that a run must have are there. */
  private static long steps(String text) {
    return List.of("self test", "joined network", "sent ", "acknowledged").stream()
            .filter(text::contains)
            .count()
        - (text.contains("queued ") ? 0 : 1);
  }

  @Test
  void devicesAreInterleavedByTimeAndTheSeedDecidesAll() {
    List<String> lines = LogGenerateStage.lines(spark, SPEC).collectAsList();
    assertThat(LogGenerateStage.lines(spark, SPEC).collectAsList()).isEqualTo(lines);
    long changes = 0;
    for (int i = 1; i < lines.size(); i++) {
      changes += session(lines.get(i)).equals(session(lines.get(i - 1))) ? 0 : 1;
    }
    assertThat(changes).as("runs are cut by others").isGreaterThan(DEVICES * 12 + 100);
    LogGenerateSpec other =
        new LogGenerateSpec(DEVICES, 12, "2024-01-01T00:00:00Z", 0.3, 6, 0, 0, 6);
    assertThat(LogGenerateStage.lines(spark, other).collectAsList()).isNotEqualTo(lines);
  }
}

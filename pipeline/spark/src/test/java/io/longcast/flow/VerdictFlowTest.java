package io.longcast.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.anomaly.Verdicts;
import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.flow.VerdictFlow.Judgement;
import io.longcast.flow.VerdictFlow.Verdict;
import io.longcast.table.EventsTable;
import io.longcast.testing.SharedSession;
import io.longcast.write.TableSink;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictFlowTest {
  private static final Instant NOON = Instant.parse("2024-03-01T12:00:00Z");

  @TempDir Path folder;

  private final SparkSession spark = SharedSession.get();

  private static Row event(String id) {
    return RowFactory.create(
        id,
        "pump",
        Timestamp.from(NOON),
        Timestamp.from(NOON.plusSeconds(3600)),
        EventsTable.CLOSED,
        .999,
        new String[] {"flow", "heat"},
        "spike",
        "flow: expected 1.0, saw 9.0",
        null,
        "m1",
        Date.valueOf("2024-03-01"));
  }

  private VerdictFlow.Outcome say(RunSpec run, String event, Verdict verdict, String channel) {
    return VerdictFlow.write(
        spark,
        run,
        new Judgement(
            event, verdict, Optional.ofNullable(channel), "ann", Optional.of("pump test"), NOON));
  }

  @Test
  @Tag("long")
  void theNewestVerdictOnAnEventCounts() {
    RunSpec run =
        RunFile.read(Optional.empty(), List.of("output.path=" + folder.resolve("out"))).spec();
    TableSink.open(spark, run.output())
        .replace(
            spark.createDataFrame(List.of(event("a"), event("b")), EventsTable.SCHEMA),
            EventsTable.TABLE,
            Map.of(EventsTable.MODEL_ID, "m1"));
    List<String> channels = List.of("flow", "heat");
    assertThat(VerdictFlow.verdicts(spark, run, channels).lines()).isEmpty();
    String before = VerdictFlow.version(spark, run);

    VerdictFlow.Outcome first = say(run, "a", Verdict.FALSE_ALARM, null);
    assertThat(first.seriesId()).isEqualTo("pump");
    assertThat(first.channel()).isEqualTo("flow");
    say(run, "b", Verdict.FALSE_ALARM, "heat");
    assertThat(VerdictFlow.version(spark, run)).isNotEqualTo(before);
    assertThat(said(run)).contains("1 series: 2 false alarms, 0 true alarms");
    say(run, "b", Verdict.TRUE_ALARM, "heat");
    assertThat(said(run)).contains("1 false alarms, 1 true alarms");
    say(run, "b", Verdict.NONE, null);
    assertThat(said(run)).contains("1 false alarms, 0 true alarms", "raised by 0.69 (1/2 as many");
    assertThat(VerdictFlow.verdicts(spark, run, List.of("other")))
        .extracting(Verdicts::lines)
        .isEqualTo(List.of());

    assertThatThrownBy(() -> say(run, "c", Verdict.TRUE_ALARM, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no event c in");
    assertThatThrownBy(() -> say(run, "a", Verdict.TRUE_ALARM, "hum"))
        .hasMessageContaining("[flow, heat], found hum");
  }

  private String said(RunSpec run) {
    return VerdictFlow.verdicts(spark, run, List.of("flow", "heat")).lines().get(0);
  }
}

package io.longcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.longcast.table.EventsTable;
import io.longcast.write.TableReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code longcast run} in a process of its own, killed by SIGKILL at twenty moments drawn from a
 * seed and run again: the tables are those of runs that nobody killed.
 */
@Tag("long")
class RunKilledIT {
  private static final Instant START = Instant.parse("2024-03-01T00:00:00Z");
  private static final int HISTORY = 14;
  private static final int DAYS = 4;
  private static final int KILLS_A_DAY = 5;
  private static final long SEED = 7;

  /** Of each table that a run writes; that of states holds bytes. */
  private static final List<String> TABLES =
      List.of(
          "anomalies",
          "events",
          "forecasts",
          "accuracy",
          "drift",
          "detector_states",
          "rejects",
          "series_status");

  @TempDir Path folder;

  private final SparkSession spark = Sessions.start("test", Optional.of("local[1]"), false);

  @AfterEach
  void stop() {
    spark.stop();
  }

  @Test
  void aRunThatIsKilledAndRunAgainGivesTheSameTables() throws Exception {
    send(0, HISTORY);
    assertThat(longcast("trained").waitFor()).isZero();
    copy("trained", "whole");
    copy("trained", "killed");
    Random random = new Random(SEED);
    int killed = 0;
    for (int day = HISTORY; day < HISTORY + DAYS; day++) {
      send(day, day + 1);
      long began = System.nanoTime();
      requireDone("whole");
      long usual = (System.nanoTime() - began) / 1_000_000;
      for (int kill = 0; kill < KILLS_A_DAY; kill++) {
        long moment = usual / 4 + random.nextInt((int) (usual * 3 / 4));
        Process process = longcast("killed");
        if (!process.waitFor(moment, TimeUnit.MILLISECONDS)) {
          process.destroyForcibly().waitFor();
          killed++;
        }
      }
      requireDone("killed");
      for (String table : TABLES) {
        assertThat(rows("killed", table))
            .as("%s, day %d", table, day)
            .isEqualTo(rows("whole", table));
      }
    }
    // A moment may lie behind the end of a run that is faster than the one it was measured by.
    assertThat(killed).isGreaterThan(KILLS_A_DAY * DAYS / 2);
    assertThat(rows("whole", "events")).isNotEmpty();
    requireAlerts();
  }

  /** Every event was reported, also by a run that was killed; some more than once. */
  private void requireAlerts() throws IOException {
    TreeSet<String> expected = new TreeSet<>();
    for (Row event : table("whole", "events").collectAsList()) {
      String id = event.getAs(EventsTable.EVENT_ID);
      expected.add(id + "-open");
      if (event.getAs(EventsTable.STATE).equals(EventsTable.CLOSED)) {
        expected.add(id + "-closed");
      }
    }
    assertThat(keys("whole")).isEqualTo(expected);
    assertThat(keys("killed")).isEqualTo(expected);
  }

  private TreeSet<String> keys(String output) throws IOException {
    TreeSet<String> keys = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder.resolve(output + "/alerts/lines"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
        for (String line : Files.readAllLines(file)) {
          JsonNode alert = new ObjectMapper().readTree(line);
          keys.add(alert.get("key").asText());
        }
      }
    }
    return keys;
  }

  private void copy(String from, String to) throws IOException {
    FileUtils.copyDirectory(folder.resolve(from).toFile(), folder.resolve(to).toFile());
  }

  /** A file a day: five sensors by the hour, each with a fault in every week. */
  private void send(int from, int to) throws IOException {
    Files.createDirectories(folder.resolve("input"));
    for (int day = from; day < to; day++) {
      List<String> lines = new ArrayList<>(List.of("series_id,timestamp,value"));
      for (int series = 0; series < 5; series++) {
        Random noise = new Random(1000L * day + series);
        for (int hour = 0; hour < 24; hour++) {
          boolean faulty = (day + series) % 7 == 0 && hour >= 8 && hour < 12;
          double value =
              20
                  + series
                  + 8 * Math.sin(Math.PI * hour / 12)
                  + noise.nextDouble()
                  + (faulty ? 50 : 0);
          Instant at = START.plusSeconds(3600L * (24 * day + hour));
          lines.add(String.format(Locale.ROOT, "pump-%d,%s,%.3f", series, at, value));
        }
      }
      Files.write(folder.resolve("input/day-%03d.csv".formatted(day)), lines);
    }
  }

  private void requireDone(String output) throws Exception {
    Process process = longcast(output);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue())
        .as(Files.readString(folder.resolve(output + ".log")))
        .isIn(0, ExitCode.GATE_MISSED);
  }

  private Process longcast(String output) throws IOException {
    List<String> words =
        new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow()));
    words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    words.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Longcast.class.getName(), "run"));
    words.addAll(
        List.of(
            "name=pumps",
            "source.format=csv",
            "source.paths=[\"" + folder.resolve("input") + "\"]",
            "window.contextLength=48",
            "window.horizon=24",
            "training.steps=2",
            "training.shards=1",
            "model.hiddenSize=8",
            "anomaly.stride=12",
            "alerts.maxAge=400 days",
            "alerts.file=" + folder.resolve(output + "/alerts/lines"),
            "retrain.every=0 days",
            "retrain.onDrift=false",
            "retrain.onAccuracy=false",
            "--output",
            folder.resolve(output).toString(),
            "--master",
            "local[2]"));
    return new ProcessBuilder(words)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(output + ".log").toFile())
        .start();
  }

  private Dataset<Row> table(String output, String name) {
    return TableReader.load(spark, "parquet", folder.resolve(output).resolve(name).toString());
  }

  private List<String> rows(String output, String name) {
    return table(output, name).collectAsList().stream().map(Row::json).sorted().toList();
  }
}

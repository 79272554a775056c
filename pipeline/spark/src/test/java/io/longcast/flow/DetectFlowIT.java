package io.longcast.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.anomaly.DetectCounts;
import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.pipeline.ServedModel;
import io.longcast.pipeline.StageClock;
import io.longcast.report.Progress;
import io.longcast.testing.SharedSession;
import io.longcast.write.TableReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The second day and those after it: the same model serves new files of the same series. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("long")
class DetectFlowIT {
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
  private static final String[] ANOMALIES = {
    "channel", "timestamp", "value", "expected", "anomaly_score", "threshold", "is_anomaly"
  };
  private static final String[] EVENTS = {
    "event_id", "start", "end", "state", "channels", "kind", "evidence"
  };

  @TempDir static Path folder;

  private final SparkSession spark = SharedSession.get();
  private final StageClock clock = new StageClock(Progress.SILENT);
  private Dataset<Row> rows;
  private ServedModel model;
  private RunSpec whole;

  @BeforeAll
  void trainsAndScoresEverythingAtOnce() {
    RunSpec once = settings("once");
    GenerateFlow.Written written =
        GenerateFlow.run(spark, once.generate(), folder.resolve("data").toString());
    whole = once.withSource(written.format(), written.observations());
    rows = spark.read().parquet(written.observations());
    model = TrainFlow.run(spark, whole, false, clock).model();
    DetectFlow.run(spark, whole, model, clock);
  }

  private RunSpec settings(String output, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "output.path=" + folder.resolve(output),
                "generate.series=4",
                "generate.steps=900",
                "generate.faultEvery=200",
                "generate.dirty=0",
                "training.steps=20",
                "training.shards=2",
                "training.refit=false",
                "anomaly.stride=12"));
    words.addAll(List.of(more));
    Path file = Path.of(System.getProperty("longcast.root")).resolve("conf/sensors.conf");
    return RunFile.read(Optional.of(file), words).spec();
  }

  /** The rows of some days as a source of their own. */
  private RunSpec days(RunSpec run, String name, int from, int to) {
    String path = folder.resolve("inputs").resolve(name).toString();
    rows.where("timestamp >= timestamp'" + at(from) + "' and timestamp < timestamp'" + at(to) + "'")
        .write()
        .mode("overwrite")
        .parquet(path);
    return run.withSource("parquet", path);
  }

  private static Instant at(int day) {
    return START.plusSeconds(86_400L * day);
  }

  private DetectCounts detect(String output, int from, int to) {
    RunSpec run = days(settings(output), output + "-" + from + "-" + to, from, to);
    return DetectFlow.run(spark, run, model, clock).counts();
  }

  private List<String> table(String output, String table, String... columns) {
    return TableReader.load(spark, "parquet", folder.resolve(output).resolve(table).toString())
        .select("series_id", columns)
        .collectAsList()
        .stream()
        .map(Row::toString)
        .sorted()
        .toList();
  }

  private void requireSameTables(String output) {
    assertThat(table(output, "anomalies", ANOMALIES))
        .isEqualTo(table("once", "anomalies", ANOMALIES));
    assertThat(table(output, "events", EVENTS))
        .isNotEmpty()
        .isEqualTo(table("once", "events", EVENTS));
  }

  /** 900 hourly steps end at noon of day 37. */
  @Test
  @Tag("long")
  void theNewFileAloneARollingWindowAndAllOfItGiveTheTablesOfOnePass() {
    int[] histories = {0, 3, 40};
    for (int history : histories) {
      String output = "history-" + history;
      detect(output, 0, 30);
      for (int day = 30; day < 38; day += 4) {
        DetectCounts counts = detect(output, Math.max(0, day - history), day + 4);
        assertThat(counts.series()).isEqualTo(4);
        assertThat(counts.rows()).isEqualTo(day == 30 ? 4 * 96 : 4 * 84);
        assertThat(counts.lines().get(0)).startsWith("scored " + counts.rows() + " new rows of 4");
        assertThat(counts.late()).isZero();
      }
      requireSameTables(output);
    }
  }

  /** A run that was killed before its states were written goes on from the old ones. */
  @Test
  @Tag("long")
  void aRepeatedRunGivesTheSameTables() throws IOException {
    detect("again", 0, 30);
    Path states = folder.resolve("again/detector_states");
    Path before = folder.resolve("states-before");
    FileUtils.copyDirectory(states.toFile(), before.toFile());
    detect("again", 30, 38);
    FileUtils.deleteDirectory(states.toFile());
    FileUtils.copyDirectory(before.toFile(), states.toFile());
    detect("again", 30, 38);
    requireSameTables("again");
    DetectCounts third = detect("again", 30, 38);
    assertThat(third.rows()).isZero();
    assertThat(third.known()).isEqualTo(4);
    assertThat(third.lines().get(1)).contains("anomaly.resume = false");
    requireSameTables("again");
  }

  /** Steps of the last days settle with those of the new one: at most 128, not six days. */
  @Test
  void writesThePartitionsOfNewRowsAndOfThoseThatSettleAlone() throws IOException {
    detect("files", 0, 30);
    Map<String, FileTime> before = files("files/anomalies");
    detect("files", 30, 31);
    Map<String, FileTime> after = files("files/anomalies");
    Predicate<String> isLate = name -> name.matches(".*date=2024-01-(2[5-9]|3.).*");
    before.keySet().removeIf(isLate);
    assertThat(before).isNotEmpty();
    assertThat(after).containsAllEntriesOf(before);
    after.keySet().removeAll(before.keySet());
    assertThat(after.keySet()).allMatch(isLate).anyMatch(name -> name.contains("date=2024-01-31"));
  }

  private Map<String, FileTime> files(String table) throws IOException {
    Map<String, FileTime> times = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder.resolve(table))) {
      for (Path file : all.filter(each -> each.toString().endsWith(".parquet")).toList()) {
        times.put(file.toString(), Files.getLastModifiedTime(file));
      }
    }
    return times;
  }

  /** Day 31 comes after day 32; the rows of a machine of day 20 come again, changed in time. */
  @Test
  @Tag("long")
  void missingDaysAreFilledAndRowsThatComeLateAreListed() {
    detect("late", 0, 30);
    DetectCounts gap = detect("late", 31, 32);
    assertThat(gap.gaps()).isEqualTo(4);
    assertThat(gap.longestGap()).isEqualTo(24);
    DetectCounts late = detect("late", 30, 31);
    assertThat(late.late()).isEqualTo(96);
    assertThat(late.lateSeries()).isEqualTo(4);
    assertThat(late.rows()).isZero();
    Dataset<Row> rejects = spark.read().parquet(folder.resolve("late/rejects").toString());
    assertThat(rejects.where("stage = 'detect'").count()).isEqualTo(96);
    assertThat(rejects.where("stage = 'detect'").head().<String>getAs("reason")).startsWith("late");
  }

  @Test
  @Tag("long")
  void forecastsFromTwoOriginsStandSideBySide() {
    RunSpec run = settings("origins");
    ForecastFlow.run(spark, days(run, "to-30", 0, 30), model, clock);
    ForecastFlow.run(spark, days(run, "to-31", 0, 31), model, clock);
    ForecastFlow.run(spark, days(run, "to-31", 0, 31), model, clock);
    ForecastFlow.Outcome day = ForecastFlow.run(spark, days(run, "day-31", 31, 32), model, clock);
    Dataset<Row> forecasts = spark.read().parquet(folder.resolve("origins/forecasts").toString());
    int horizon = model.state().window().horizon();
    assertThat(
            forecasts
                .where("series_id = '" + seriesId(forecasts) + "'")
                .groupBy("origin")
                .count()
                .orderBy("origin")
                .collectAsList())
        .extracting(row -> row.getTimestamp(0).toInstant())
        .containsExactly(at(30), at(31), at(32));
    assertThat(
            forecasts.where("step = 1").select("series_id", "channel", "origin").distinct().count())
        .isEqualTo(forecasts.where("step = 1").count());
    assertThat(forecasts.where("step = " + horizon).count()).isPositive();
    assertThat(day.statuses().keySet()).containsExactly("short-context");
  }

  private static String seriesId(Dataset<Row> rows) {
    return rows.select("series_id").head().getString(0);
  }
}

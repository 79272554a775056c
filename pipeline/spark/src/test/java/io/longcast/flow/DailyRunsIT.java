package io.longcast.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.alert.AlertServer;
import io.longcast.anomaly.DetectCounts;
import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.pipeline.SeriesDataset;
import io.longcast.pipeline.ServedModel;
import io.longcast.pipeline.StageClock;
import io.longcast.report.Progress;
import io.longcast.table.AnomaliesTable;
import io.longcast.table.EventsTable;
import io.longcast.testing.SharedSession;
import io.longcast.write.TableReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code longcast run} every day, on a folder that grows by a file a day, see {@link DailyFleet}:
 * the tables are those of one pass, a day costs what it cost at the start, alerts arrive once at a
 * server that fails half of its requests and is away at times, and a drift is reported.
 */
@Tag("long")
class DailyRunsIT {
  /**
   * Days before the first run. A state keeps all rows of its series until the detector has learned
   * for the last time, here after 64 days; of those that come later a bank of bounded size takes
   * eight bytes each. A fleet of two weeks would measure how young states grow.
   */
  private static final int HISTORY = 70;

  @TempDir Path folder;

  private final SparkSession spark = SharedSession.get();

  /** What a day cost. */
  private record Cost(int filesRead, int filesWritten, long bytesWritten, double seconds) {
    String line(int day) {
      return String.format(
          Locale.ROOT,
          "%3d %6d %8d %10.2f %8.1f%n",
          day,
          filesRead,
          filesWritten,
          bytesWritten / 1e6,
          seconds);
    }
  }

  private RunSpec settings(String output, String input, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "name=fleet",
                "source.format=csv",
                "source.paths=[\"" + folder.resolve(input) + "\"]",
                "source.time.zone=" + DailyFleet.ZONE,
                "clean.frequency=1h",
                "window.contextLength=48",
                "window.horizon=24",
                "training.steps=4",
                "training.shards=1",
                "training.batchSize=16",
                "training.refit=false",
                "model.hiddenSize=8",
                "anomaly.stride=12",
                "evaluate.window=2 days",
                "evaluate.maxMaseIncrease=1000",
                "evaluate.maxCoverageLoss=1",
                "retrain.every=0 days",
                "retrain.onDrift=false",
                "retrain.onAccuracy=false",
                "alerts.backoff=1ms",
                "output.path=" + folder.resolve(output)));
    words.addAll(List.of(more));
    return RunFile.read(Optional.empty(), words).spec();
  }

  private RunFlow.Outcome run(RunSpec run) {
    return RunFlow.run(spark, run, new StageClock(Progress.SILENT));
  }

  @Test
  void thirtyDaysOfAThousandSeries() throws IOException {
    days(Integer.getInteger("longcast.days.series", 1000), 30);
  }

  @Test
  void threeDaysOfAFewSeries() throws IOException {
    days(7, 3);
  }

  private void days(int series, int days) throws IOException {
    DailyFleet fleet = new DailyFleet(spark, series, HISTORY, 20);
    // Every second request fails; half of those are taken in all the same.
    try (AlertServer server = new AlertServer(n -> n % 2 == 1 ? 200 : n % 4 == 0 ? 503 : 500)) {
      RunSpec run =
          settings("out", "input", "alerts.http=[{name=ops,url=\"" + server.url() + "\"}]");
      fleet.send(folder.resolve("input"), -HISTORY, 0);
      String model = run(run).modelId().orElseThrow();
      System.out.println("day   read  written MB-written  seconds");
      List<Cost> costs = new ArrayList<>();
      Set<Integer> drifted = new HashSet<>();
      for (int day = 0; day < days; day++) {
        // On the last day all that is pending arrives.
        boolean isDown = day % 7 == 1 && day < days - 1;
        if (isDown) {
          server.stop();
        }
        RunFlow.Outcome done = day(fleet, run, day, costs);
        assertThat(done.pendingAlerts() > 0).as("day %d", day).isEqualTo(isDown);
        if (isDown) {
          server.start();
        }
        if (!step(done, "drift").problems().isEmpty()) {
          drifted.add(day);
        }
        assertThat(done.modelId()).contains(model);
      }
      fleet.accepted(folder.resolve("accepted"), -HISTORY, days);
      ServedModel served = new ModelStore(spark, run).load(model);
      RunSpec once = settings("once", "accepted");
      DetectFlow.run(spark, once, served, new StageClock(Progress.SILENT));
      requireSame("anomalies", AnomaliesTable.TABLE.key());
      requireSame("events", EventsTable.TABLE.key());
      requireRecent(served);
      // The first run reports what ended within alerts.maxAge of the history's end.
      requireAlerts(server, day(-2));
      requireCosts(costs);
      if (days > 22) {
        assertThat(drifted).doesNotContain(18, 19).containsAnyOf(20, 21);
      }
    }
  }

  private RunFlow.Outcome day(DailyFleet fleet, RunSpec run, int day, List<Cost> costs)
      throws IOException {
    fleet.send(folder.resolve("input"), day, day + 1);
    Map<Path, String> before = files();
    long began = System.nanoTime();
    RunFlow.Outcome done = run(run);
    double seconds = (System.nanoTime() - began) / 1e9;
    Map<Path, String> after = files();
    after.entrySet().removeAll(before.entrySet());
    long bytes = 0;
    for (Path file : after.keySet()) {
      bytes += Files.size(file);
    }
    int read = (int) step(done, "read").figures().get("files");
    Cost cost = new Cost(read, after.size(), bytes, seconds);
    costs.add(cost);
    System.out.print(cost.line(day));
    DetectCounts counts = (DetectCounts) step(done, "detect").figures().get("counts");
    assertThat(counts.offGrid() + counts.tooFar()).as("day %d", day).isZero();
    requireRejects(day);
    return done;
  }

  /** The rows of the clocks that jumped are listed. */
  private void requireRejects(int day) {
    if (day == DailyFleet.JUMPS_AHEAD) {
      assertThat(rejected(DailyFleet.AHEAD, "ahead of the clock")).isEqualTo(24);
    }
    if (day == DailyFleet.JUMPS_BACK) {
      assertThat(rejected(DailyFleet.BACK, "more than a year before")).isEqualTo(24);
    }
  }

  private long rejected(String series, String reason) {
    return spark
        .read()
        .parquet(folder.resolve("out/rejects").toString())
        .where("series_id = '%s' and reason like '%%%s%%'".formatted(series, reason))
        .count();
  }

  /** The report after a daily run reads the lookback of a series, not its history. */
  private void requireRecent(ServedModel served) {
    RunSpec run = settings("out", "input", "run.lookback=2 days");
    try (SeriesDataset data =
        RecentSource.of(spark, run, served, Instant.now()).ofSeries(List.of("s-0"))) {
      assertThat(data.counts().read()).isBetween(2 * 24L, 4 * 24L);
    }
  }

  private Map<Path, String> files() throws IOException {
    Map<Path, String> files = new HashMap<>();
    try (Stream<Path> all = Files.walk(folder.resolve("out"))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
        files.put(file, is.size() + " " + is.lastModifiedTime());
      }
    }
    return files;
  }

  private static RunFlow.Step step(RunFlow.Outcome outcome, String name) {
    return outcome.steps().stream()
        .filter(step -> step.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Dataset<Row> table(String output, String name) {
    return TableReader.load(spark, "parquet", folder.resolve(output).resolve(name).toString());
  }

  private void requireSame(String name, List<String> key) {
    Dataset<Row> daily = table("out", name);
    Column[] columns = Stream.of(daily.columns()).map(functions::col).toArray(Column[]::new);
    Dataset<Row> days = daily.select(columns);
    Dataset<Row> once = table("once", name).select(columns);
    assertThat(days.count()).as(name).isPositive().isEqualTo(once.count());
    assertThat(
            days.select(key.stream().map(functions::col).toArray(Column[]::new)).distinct().count())
        .isEqualTo(days.count());
    assertThat(days.exceptAll(once).limit(5).collectAsList())
        .as("%s of days alone", name)
        .isEmpty();
    assertThat(once.exceptAll(days).limit(5).collectAsList()).as("%s of one pass", name).isEmpty();
  }

  /** Alerts of all events that ended after a time: each was acknowledged once. */
  private void requireAlerts(AlertServer server, Instant since) {
    Set<String> expected = new HashSet<>();
    for (Row event :
        table("out", "events").where("end >= timestamp'" + since + "'").collectAsList()) {
      String id = event.getAs(EventsTable.EVENT_ID);
      expected.add(id + "-open");
      if (event.getAs(EventsTable.STATE).equals(EventsTable.CLOSED)) {
        expected.add(id + "-closed");
      }
    }
    assertThat(server.taken.keySet()).isNotEmpty().containsExactlyInAnyOrderElementsOf(expected);
    List<String> acknowledged = new ArrayList<>();
    for (int n = 1; n < server.requests.size(); n += 2) {
      acknowledged.add(server.requests.get(n));
    }
    assertThat(acknowledged).doesNotHaveDuplicates().hasSameSizeAs(expected);
  }

  private static Instant day(int day) {
    return DailyFleet.day(day).plus(Duration.ofHours(23));
  }

  private static void requireCosts(List<Cost> costs) {
    Cost second = costs.get(1);
    Cost last = costs.get(costs.size() - 1);
    assertThat(last.filesRead()).isLessThanOrEqualTo((int) (1.2 * second.filesRead()));
    assertThat(last.filesWritten()).isLessThanOrEqualTo((int) (1.2 * second.filesWritten()));
    assertThat(last.bytesWritten()).isLessThanOrEqualTo((long) (1.2 * second.bytesWritten()));
  }
}

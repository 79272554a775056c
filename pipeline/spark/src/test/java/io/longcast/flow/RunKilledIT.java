package io.longcast.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.alert.AlertServer;
import io.longcast.config.RunFile;
import io.longcast.pipeline.StageClock;
import io.longcast.report.Progress;
import io.longcast.testing.SharedSession;
import io.longcast.write.TableReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code longcast run} in processes that are killed (SIGKILL) at random moments and run again gives
 * the tables, the model and the alerts of runs that nobody killed: five days with a fault, a drift
 * and a retraining.
 */
@Tag("long")
class RunKilledIT {
  private static final Instant START = Instant.parse("2024-03-01T00:00:00Z");
  private static final int TRAINED = 21;
  private static final int LAST = 25;
  private static final int KILLS = Integer.getInteger("longcast.kills", 20);
  private static final List<String> TABLES =
      List.of("anomalies", "events", "forecasts", "detector_states", "accuracy", "drift");

  @TempDir Path folder;

  private final SparkSession spark = SharedSession.get();

  private void write(int from, int to, String name) {
    spark
        .range(4 * 24L * (to - from))
        .selectExpr(
            "cast(id % 4 as int) as s", "cast(floor(id / 4) as int) + %d as t".formatted(24 * from))
        .selectExpr(
            "concat('pump-', s) as series_id",
            "timestamp_seconds(%d + 3600L * t) as timestamp".formatted(START.getEpochSecond()),
            ("20 + s + 8 * sin(2 * pi() * t / 24) + (hash(s, t) %% 1000) / 800.0"
                    + " + case when s = 1 and t between %d and %d then 60 else 0 end"
                    + " + case when t >= %d then 14 else 0 end as value")
                .formatted(24 * 22 + 5, 24 * 22 + 8, 24 * 24))
        .coalesce(1)
        .write()
        .parquet(folder.resolve(name).toString());
  }

  /** The settings of a day, one word a line. */
  private List<String> words(String output, int day, String url) {
    String input = day < TRAINED ? "history-" + TRAINED : "input-" + day;
    return List.of(
        "name=pumps",
        "source.paths=[\"" + folder.resolve(input) + "\"]",
        "clean.anchor=calendar",
        "window.contextLength=96",
        "window.horizon=24",
        "training.steps=20",
        "training.shards=1",
        "training.batchSize=16",
        "model.hiddenSize=8",
        "anomaly.stride=12",
        "drift.window=2 days",
        "evaluate.maxMaseIncrease=1000",
        "retrain.paths=[\"" + folder.resolve("history-" + (day + 1)) + "\"]",
        "alerts.backoff=10ms",
        "alerts.http=[{name=ops,url=\"" + url + "\"}]",
        "output.path=" + folder.resolve(output));
  }

  /** The program that is killed: one run by the words of a file. */
  static final class OneRun {
    public static void main(String[] arguments) throws IOException {
      List<String> words = Files.readAllLines(Path.of(arguments[0]));
      RunFlow.run(
          SharedSession.get(),
          RunFile.read(Optional.empty(), words).spec(),
          new StageClock(Progress.SILENT));
      System.exit(0);
    }
  }

  private Process start(List<String> words) throws IOException {
    Path file = Files.write(folder.resolve("words"), words);
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-Duser.timezone=UTC"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(word -> word.startsWith("--add-opens="))
        .forEach(line::add);
    line.addAll(List.of(OneRun.class.getName(), file.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return builder.start();
  }

  private List<String> rows(String output, String table) {
    return TableReader.load(spark, "parquet", folder.resolve(output).resolve(table).toString())
        .collectAsList()
        .stream()
        .map(Row::json)
        .sorted()
        .toList();
  }

  @Test
  void givesTheTablesOfRunsThatNobodyKilled() throws IOException, InterruptedException {
    write(0, TRAINED, "history-" + TRAINED);
    for (int day = TRAINED; day < LAST; day++) {
      write(day - 4, day + 1, "input-" + day);
      write(0, day + 1, "history-" + (day + 1));
    }
    SplittableRandom random = new SplittableRandom(5);
    int killed = 0;
    try (AlertServer plain = new AlertServer(n -> 200);
        AlertServer failing = new AlertServer(n -> n % 2 == 0 ? 500 : 200)) {
      for (int day = TRAINED - 1; day < LAST; day++) {
        long begin = System.nanoTime();
        Process whole = start(words("plain", day, plain.url()));
        assertThat(whole.waitFor()).as(Files.readString(folder.resolve("log"))).isZero();
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        int share = (KILLS + LAST - TRAINED) / (LAST - TRAINED + 1);
        for (int kill = 0; kill < share && killed < KILLS; kill++) {
          Process process = start(words("killed", day, failing.url()));
          if (!process.waitFor(random.nextLong(took / 5, took), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
            killed++;
          }
        }
        assertThat(start(words("killed", day, failing.url())).waitFor()).isZero();
        for (String table : TABLES) {
          if (Files.exists(folder.resolve("plain").resolve(table))) {
            assertThat(rows("killed", table)).as(table).isEqualTo(rows("plain", table));
          }
        }
      }
      assertThat(killed).isPositive();
      assertThat(failing.taken.keySet()).isNotEmpty().isEqualTo(plain.taken.keySet());
      Path latest = Path.of("models/pumps/LATEST");
      assertThat(folder.resolve("killed").resolve(latest))
          .hasSameTextualContentAs(folder.resolve("plain").resolve(latest));
    }
  }
}

package io.longcast.jobs;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.write.TableReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code longcast stream} as the process that an operator starts, feeds, ends and kills. */
@Tag("long")
class StreamProcessIT {
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
  private static final int STEPS = 700;
  private static final long PATIENCE = 180;

  @TempDir Path folder;

  private SparkSession spark;

  private List<String> words(String command, String output, Path source, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                command,
                SparkHome.ROOT.resolve("conf/sensors.conf").toString(),
                "generate.series=3",
                "generate.steps=" + STEPS,
                "generate.faultEvery=200",
                "generate.dirty=0",
                "training.steps=20",
                "training.shards=2",
                "training.refit=false",
                "backtest.gate=off",
                "anomaly.stride=12",
                "stream.watermark=3h",
                "stream.trigger=100ms",
                "stream.partitions=2",
                "source.paths=[\"%s\"]".formatted(source),
                "--output",
                folder.resolve(output).toString(),
                "--master",
                "local[2]"));
    words.addAll(List.of(more));
    return words;
  }

  private void done(String command, String output, Path source, String... more) {
    CliResult result = CliResult.by(words(command, output, source, more));
    assertThat(result.code()).as(result.out() + result.err()).isZero();
  }

  @Test
  void itGoesOnAfterSigtermAndAfterBeingKilledAndItsTablesAreThoseOfOnePass() throws Exception {
    Path all = folder.resolve("out/observations");
    done("generate", "out", all);
    done("train", "out", all);
    Path model = onlyFolder(folder.resolve("out/models/sensors"));
    done("detect", "once", all, "--model", model.toString());

    try (SparkSession session = Sessions.start("show", Optional.of("local[2]"), false)) {
      spark = session;
      streams(all);
    }
  }

  private void streams(Path all) throws Exception {
    Dataset<Row> rows = spark.read().parquet(all.toString());
    Path arriving = folder.resolve("arriving");
    arrive(rows, arriving, 0, 200);
    Path json = folder.resolve("stream.json");
    Stream first = new Stream(arriving, json);
    assertThat(first.await("micro-batch 0: "))
        .contains(" rows (", " a second); watermark ", " steps scored, ", " series of ");
    first.terminate();
    assertThat(first.exit()).as("%s", first.said).isZero();
    assertThat(first.said).anyMatch(line -> line.startsWith("stopped after 600 rows in "));
    assertThat(Files.readString(json)).contains("\"rows\"", "\"scored\"");

    Stream second = new Stream(arriving, json);
    arrive(rows, arriving, 200, 400);
    second.await(" 600 rows (");
    arrive(rows, arriving, 400, 500);
    // Somewhere in the micro-batch with these rows, or before it.
    second.process.destroyForcibly();
    assertThat(second.exit()).isEqualTo(137);

    Stream third = new Stream(arriving, json);
    arrive(rows, arriving, 500, STEPS);
    awaitAll(third);
    third.terminate();
    assertThat(third.exit()).as("%s", third.said).isZero();
    requireSame("anomalies", "timestamp", "channel", "value", "anomaly_score", "is_anomaly");
    requireSame("events", "event_id", "start", "end", "state", "channels", "kind");
  }

  private static Path onlyFolder(Path parent) throws IOException {
    try (var all = Files.list(parent)) {
      return all.filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }

  /** Rows of some steps, as files that appear whole; the last also tell that they are over. */
  private void arrive(Dataset<Row> rows, Path arriving, int from, int to) throws IOException {
    Path hidden = folder.resolve("parts-" + from);
    Dataset<Row> part =
        rows.where("timestamp >= '%s' and timestamp < '%s'".formatted(at(from), at(to)));
    if (to == STEPS) {
      part =
          part.unionByName(
              rows.limit(1)
                  .withColumn("series_id", lit("clock"))
                  .withColumn("timestamp", expr("timestamp '%s'".formatted(at(STEPS + 3)))));
    }
    part.repartition(1).write().parquet(hidden.toString());
    Files.createDirectories(arriving);
    try (var files = Files.list(hidden)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".parquet")).toList()) {
        Files.move(file, arriving.resolve(file.getFileName()));
      }
    }
  }

  private static Instant at(int step) {
    return START.plusSeconds(3600L * step);
  }

  /** Until the last step is written, which a micro-batch without rows does. */
  private void awaitAll(Stream stream) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
    int all = table("once", "anomalies", "timestamp").size();
    while (System.nanoTime() < end && written() < all) {
      assertThat(stream.process.waitFor(500, TimeUnit.MILLISECONDS)).isFalse();
    }
  }

  private int written() {
    try {
      return table("out", "anomalies", "timestamp").size();
    } catch (Exception replaced) {
      // A file was replaced while it was read.
      return 0;
    }
  }

  private void requireSame(String table, String... columns) {
    assertThat(table("out", table, columns)).isNotEmpty().isEqualTo(table("once", table, columns));
  }

  private List<String> table(String output, String table, String... columns) {
    return TableReader.load(spark, "parquet", folder.resolve(output).resolve(table).toString())
        .where("series_id != 'clock'")
        .select("series_id", columns)
        .collectAsList()
        .stream()
        .map(Row::toString)
        .sorted()
        .toList();
  }

  /** The command in a JVM of its own. */
  private final class Stream {
    private final Process process;
    private final List<String> said = new ArrayList<>();
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Thread reader = new Thread(this::read, "lines of longcast stream");

    Stream(Path arriving, Path json) throws IOException {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
          .filter(flag -> flag.startsWith("--add-") || flag.startsWith("-D"))
          .forEach(command::add);
      command.addAll(List.of("-Xmx1g", Longcast.class.getName()));
      command.addAll(words("stream", "out", arriving, "--json", json.toString()));
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
      process = builder.start();
      reader.setDaemon(true);
      reader.start();
    }

    private void read() {
      try (BufferedReader out = process.inputReader()) {
        out.lines().forEach(lines::add);
      } catch (IOException ended) {
        lines.add("(the output ended: " + ended.getMessage() + ")");
      }
    }

    /** The first line with a text. */
    String await(String text) throws InterruptedException {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
      while (System.nanoTime() < end) {
        String line = lines.poll(1, TimeUnit.SECONDS);
        if (line != null) {
          said.add(line);
          if (line.contains(text)) {
            return line;
          }
        }
        assertThat(process.isAlive() || !lines.isEmpty()).as("%s", said).isTrue();
      }
      throw new AssertionError("no line with \"" + text + "\" in " + said);
    }

    /** Process.destroy would close the output too, and with it the last lines. */
    void terminate() {
      process.toHandle().destroy();
    }

    int exit() throws InterruptedException {
      assertThat(process.waitFor(PATIENCE, TimeUnit.SECONDS)).as("%s", said).isTrue();
      reader.join();
      lines.drainTo(said);
      return process.exitValue();
    }
  }
}

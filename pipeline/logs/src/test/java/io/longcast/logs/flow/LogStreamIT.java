package io.longcast.logs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.flow.KafkaBroker;
import io.longcast.flow.ModelStore;
import io.longcast.flow.StreamFlow;
import io.longcast.logs.LogModelFiles;
import io.longcast.logs.LogSpec;
import io.longcast.logs.LogStreamStage;
import io.longcast.logs.line.ArrivingLines;
import io.longcast.logs.line.LogReadStage;
import io.longcast.logs.table.LogAnomaliesTable;
import io.longcast.model.bundle.ModelBundle;
import io.longcast.pipeline.StageClock;
import io.longcast.report.Progress;
import io.longcast.spark.StreamRun;
import io.longcast.stream.StreamCounts;
import io.longcast.table.RejectsTable;
import io.longcast.testing.SharedSession;
import io.longcast.write.TableReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The generated log as a stream gives the rows of detection in one pass, bit for bit. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogStreamIT {
  private static final long DISORDER = 60_000;
  private static final StructType MESSAGES =
      StructType.fromDDL(
          "value STRING, topic STRING, partition INT, offset LONG, timestamp TIMESTAMP");

  @TempDir static Path shared;
  @TempDir Path folder;

  private final SparkSession spark = SharedSession.get();
  private RunSpec run;
  private ModelBundle model;
  private List<Row> lines;
  private List<String> once;

  private RunSpec settings(Path output, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "output.path=" + output,
                "logs.generate.devices=30",
                "logs.generate.faultShare=0.05",
                "training.steps=20",
                "backtest.gate=off",
                "logs.timeout=2h",
                "stream.watermark=2m",
                "stream.trigger=100ms",
                "stream.partitions=2"));
    words.addAll(List.of(more));
    Path file = Path.of(System.getProperty("longcast.root")).resolve("conf/logs.conf");
    return RunFile.read(Optional.of(file), words).spec();
  }

  @BeforeAll
  void detectInOnePass() {
    run = settings(shared);
    LogDemoFlow.run(spark, run, false, new StageClock(Progress.SILENT));
    model = new ModelStore(spark, run).latestBundle();
    once = LogLines.anomalies(new TableReader(spark, run.output()).read(LogAnomaliesTable.TABLE));
    assertThat(once).hasSizeGreaterThan(10);
    LogSpec spec = run.section(LogSpec.class);
    lines =
        LogReadStage.read(spark, spec.paths(), spec.lines(), spec.files())
            .where("reason is null")
            .select("line", "source_offset", "timestamp")
            .collectAsList();
  }

  private static Row message(Row line) {
    return RowFactory.create(
        line.getString(0), "log", 0, line.getLong(1), Timestamp.from(Instant.EPOCH));
  }

  /** Lines that are at most so late, in files of messages, then the line that ends all sessions. */
  private Path messages(int files, long seed) throws Exception {
    List<Row> all =
        new ArrayList<>(
            LogLines.shuffled(lines, DISORDER, seed).stream().map(LogStreamIT::message).toList());
    Path arriving = Files.createDirectories(folder.resolve("arriving"));
    for (int i = 0; i < files; i++) {
      int from = (int) ((long) all.size() * i / files);
      int to = (int) ((long) all.size() * (i + 1) / files);
      write(arriving, i, all.subList(from, to));
    }
    write(
        arriving,
        files,
        List.of(RowFactory.create(LogLines.clock(), "log", 0, -1L, Timestamp.from(Instant.EPOCH))));
    return arriving;
  }

  private void write(Path arriving, int number, List<Row> rows) throws Exception {
    Path file = arriving.resolve("%05d.json".formatted(number));
    Files.write(file, spark.createDataFrame(rows, MESSAGES).toJSON().collectAsList());
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L + 1000L * number));
  }

  private Dataset<Row> streamed(Path arriving, int filesABatch, int partitions, String... more) {
    SparkSession own = spark.newSession();
    own.conf().set("spark.sql.shuffle.partitions", partitions);
    for (String setting : more) {
      own.conf().set(setting.split("=")[0], setting.split("=")[1]);
    }
    Dataset<Row> messages =
        own.readStream()
            .schema(MESSAGES)
            .option("maxFilesPerTrigger", filesABatch)
            .json(arriving.toString());
    LogSpec spec = run.section(LogSpec.class);
    return LogStreamStage.run(
        ArrivingLines.ofMessages(messages, spec.lines(), spec.files()),
        LogModelFiles.read(model),
        model.manifest().modelId(),
        spec,
        run.stream(),
        StreamCounts.of(own));
  }

  /** The newest row of each session. */
  private void requireOneTruth(StreamRun done) {
    assertThat(done.rows(RejectsTable.TABLE)).isEmpty();
    Map<String, Row> newest = new LinkedHashMap<>();
    done.rows(LogAnomaliesTable.TABLE)
        .forEach(row -> newest.put(row.getString(0) + row.get(1), row));
    Dataset<Row> table =
        spark.createDataFrame(List.copyOf(newest.values()), LogAnomaliesTable.SCHEMA);
    assertThat(LogLines.anomalies(table)).isEqualTo(once);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 7", "7, 2", "300, 2"})
  void microBatchesOfAnySizeGiveTheRowsOfOnePass(int batches, int partitions) throws Exception {
    int files = Math.max(7, batches);
    Path arriving = messages(files, batches + partitions);
    StreamRun done = new StreamRun(folder.resolve("checkpoint"));
    done.available(streamed(arriving, batches == 1 ? 2 * files : files / batches, partitions));
    assertThat(done.batches()).isGreaterThanOrEqualTo(batches);
    requireOneTruth(done);
  }

  @Test
  void aStreamThatIsKilledFiveTimesToo() throws Exception {
    killedFiveTimes();
  }

  @Test
  void soDoesOneWithTheStatesInRocksDb() throws Exception {
    killedFiveTimes(
        "spark.sql.streaming.stateStore.providerClass"
            + "=org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider");
  }

  private void killedFiveTimes(String... settings) throws Exception {
    Path arriving = messages(30, 4);
    StreamRun done = new StreamRun(folder.resolve("checkpoint"));
    for (int i = 0; i < 5; i++) {
      done.killed(streamed(arriving, 2, 2, settings), done.batches() + 2);
    }
    requireOneTruth(done.available(streamed(arriving, 2, 2, settings)));
  }

  /** Lines in, alarms out, and the broker is away for a while. */
  @Test
  void aTopicOfLinesGivesAnAlarmForEachSessionWhateverTheBrokerDoes() throws Exception {
    try (KafkaBroker broker = new KafkaBroker(folder)) {
      broker.create("lines", 1);
      broker.create("alarms", 1);
      RunSpec streaming =
          settings(
              folder.resolve("out"),
              "logs.paths=[]",
              "logs.kafka.bootstrapServers=\"%s\"".formatted(broker.servers()),
              "logs.kafka.topic=lines",
              "logs.kafka.options.maxOffsetsPerTrigger=4000",
              "stream.kafka.bootstrapServers=\"%s\"".formatted(broker.servers()),
              "stream.kafka.topic=alarms",
              "alerts.maxAge=100 days",
              "alerts.file=\"%s\"".formatted(folder.resolve("alerts")));
      List<String[]> messages =
          LogLines.shuffled(lines, DISORDER, 9).stream()
              .map(line -> new String[] {"", line.getString(0)})
              .toList();
      broker.send("lines", messages.subList(0, messages.size() / 2));
      StreamFlow flow = LogStreamFlow.of(spark, streaming, Optional.of(model), line -> {});
      CompletableFuture<StreamFlow.Outcome> running =
          CompletableFuture.supplyAsync(() -> flow.run(false));
      broker.stop();
      broker.start();
      broker.send("lines", messages.subList(messages.size() / 2, messages.size()));
      broker.send("lines", List.<String[]>of(new String[] {"", LogLines.clock()}));
      await(running, () -> closed(streaming) >= once.size());
      flow.stop();
      running.get(2, TimeUnit.MINUTES);
      assertThat(withoutPlace(found(streaming)))
          .isEqualTo(
              withoutPlace(new TableReader(spark, run.output()).read(LogAnomaliesTable.TABLE)));
      Map<String, String> newest = new LinkedHashMap<>();
      broker.received("alarms").forEach(message -> newest.put(message[0], message[1]));
      newest.values().removeIf(value -> value.contains("\"is_anomaly\":false"));
      newest.keySet().removeIf(key -> key.startsWith("clock"));
      assertThat(newest).hasSize(once.size());
      assertThat(newest.values()).allMatch(value -> value.contains("\"state\":\"closed\""));
    }
    requireAlerts();
  }

  /** Each session was told of once when it was found, and once when it was over. */
  private void requireAlerts() throws Exception {
    List<String> alerts =
        spark.read().textFile(folder.resolve("alerts").toString()).collectAsList();
    alerts = alerts.stream().filter(alert -> !alert.contains("\"series_id\":\"clock\"")).toList();
    Pattern key = Pattern.compile("\"key\":\"(\\w+)-(open|closed)\"");
    Map<String, List<String>> states = new HashMap<>();
    for (String alert : alerts) {
      Matcher found = key.matcher(alert);
      assertThat(found.find()).as(alert).isTrue();
      states.computeIfAbsent(found.group(1), id -> new ArrayList<>()).add(found.group(2));
    }
    assertThat(states).hasSizeGreaterThanOrEqualTo(once.size());
    assertThat(states.values())
        .allSatisfy(each -> assertThat(each).containsExactlyInAnyOrder("open", "closed"));
  }

  private Dataset<Row> found(RunSpec streaming) {
    return new TableReader(spark, streaming.output()).read(LogAnomaliesTable.TABLE);
  }

  private long closed(RunSpec streaming) {
    try {
      return found(streaming)
          .where("is_anomaly and state = 'closed' and session_id != 'clock'")
          .count();
    } catch (Exception replaced) {
      // A file was replaced while it was read, or there is none yet.
      return 0;
    }
  }

  private static List<String> withoutPlace(Dataset<Row> table) {
    return table
        .where("is_anomaly and session_id != 'clock'")
        .selectExpr("concat_ws(' ', session_id, start, position, anomaly_score, reason, nearest)")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  private static void await(CompletableFuture<?> running, BooleanSupplier until) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (System.nanoTime() < end && !running.isDone() && !until.getAsBoolean()) {
      running.copy().completeOnTimeout(null, 500, TimeUnit.MILLISECONDS).join();
    }
  }
}

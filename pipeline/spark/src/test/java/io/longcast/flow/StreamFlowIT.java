package io.longcast.flow;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.pipeline.ServedModel;
import io.longcast.pipeline.StageClock;
import io.longcast.report.Progress;
import io.longcast.stream.StreamCounts;
import io.longcast.table.VerdictsTable;
import io.longcast.testing.SharedSession;
import io.longcast.write.TableReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The command's stream on a fleet writes the tables that detection in one pass writes. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamFlowIT {
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
  private static final int STEPS = 700;
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

  @BeforeAll
  void trainsAndScoresEverythingAtOnce() {
    RunSpec once = settings("once");
    GenerateFlow.Written written =
        GenerateFlow.run(spark, once.generate(), folder.resolve("data").toString());
    RunSpec whole = once.withSource(written.format(), written.observations());
    rows = spark.read().parquet(written.observations()).cache();
    model = TrainFlow.run(spark, whole, false, clock).model();
    DetectFlow.run(spark, whole, model, clock);
  }

  @AfterAll
  void frees() {
    rows.unpersist();
  }

  private RunSpec settings(String output, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "output.path=" + folder.resolve(output),
                "generate.series=3",
                "generate.steps=" + STEPS,
                "generate.faultEvery=200",
                "generate.dirty=0",
                "training.steps=20",
                "training.shards=2",
                "training.refit=false",
                "anomaly.stride=12",
                "stream.watermark=3h",
                "stream.trigger=100ms",
                "stream.partitions=2"));
    words.addAll(List.of(more));
    Path file = Path.of(System.getProperty("longcast.root")).resolve("conf/sensors.conf");
    return RunFile.read(Optional.of(file), words).spec();
  }

  private static Instant at(int step) {
    return START.plusSeconds(3600L * step);
  }

  /** Rows of some steps, as one more file; the last file also tells that they are over. */
  private Path arrive(String name, int from, int to) {
    Path path = folder.resolve("arriving").resolve(name);
    Dataset<Row> part =
        rows.where("timestamp >= '%s' and timestamp < '%s'".formatted(at(from), at(to)));
    if (to == STEPS) {
      part = part.unionByName(clock(3));
    }
    part.repartition(1).write().mode("append").parquet(path.toString());
    return path;
  }

  /** A row of another series, so late that all steps are complete with a watermark of hours. */
  private Dataset<Row> clock(int hours) {
    String time = "timestamp '%s'".formatted(at(STEPS + hours));
    return rows.limit(1).withColumn("series_id", lit("clock")).withColumn("timestamp", expr(time));
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

  private StreamFlow.Outcome available(RunSpec run) {
    return new StreamFlow(spark, run, StreamFlow.fixed(model), line -> {}).run(true);
  }

  @Test
  void filesThatArriveGiveTheTablesOfOnePass() {
    Path path = arrive("files", 0, 300);
    RunSpec run = settings("files").withSource("parquet", path.toString());
    List<String> said = new ArrayList<>();
    new StreamFlow(spark, run, StreamFlow.fixed(model), said::add).run(true);
    assertThat(said).last().asString().contains("rows (").contains("3 series of");
    arrive("files", 300, 500);
    arrive("files", 500, STEPS);
    StreamFlow.Outcome done = available(run);
    requireSameTables("files");
    assertThat(done.counts().get(StreamCounts.Kind.SCORED)).isPositive();
    assertThat(done.counts().bytesPerState()).isBetween(1000L, 200_000L);
  }

  /** A batch run, then a stream, then a batch run on all rows. */
  @Test
  void takesOverFromABatchRunAndHandsBack() {
    Path history = arrive("history", 0, 400);
    RunSpec run = settings("mixed", "stream.statesEvery=2d");
    DetectFlow.run(spark, run.withSource("parquet", history.toString()), model, clock);
    Path path = arrive("later", 400, 550);
    available(run.withSource("parquet", path.toString()));
    List<String> states = table("mixed", "detector_states", "next");
    assertThat(states).hasSize(3).allMatch(row -> row.contains("2024-01-23 18:00"));
    arrive("all", 0, STEPS);
    DetectFlow.run(
        spark, run.withSource("parquet", folder.resolve("arriving/all").toString()), model, clock);
    requireSameTables("mixed");
  }

  /** Another model with the same detector goes on from the states of the one before. */
  @Test
  void anotherModelThatIsPromotedIsTakenUpBetweenMicroBatches() throws Exception {
    ServedModel promoted = new ServedModel("00000000c0ffee00", model.factory(), model.state());
    Path path = arrive("followed", 0, 400);
    AtomicReference<ServedModel> now = new AtomicReference<>(model);
    AtomicReference<String> loaded = new AtomicReference<>();
    StreamFlow.Models models =
        new StreamFlow.Models() {
          @Override
          public String id() {
            return now.get().id();
          }

          @Override
          public ServedModel load(String id) {
            loaded.set(id);
            return now.get();
          }
        };
    RunSpec run = settings("followed").withSource("parquet", path.toString());
    StreamFlow flow = new StreamFlow(spark, run, models, line -> {});
    CompletableFuture<StreamFlow.Outcome> done =
        CompletableFuture.supplyAsync(() -> flow.run(false));
    await(done, () -> Files.exists(folder.resolve("followed/anomalies")));
    now.set(promoted);
    arrive("followed", 400, 500);
    await(done, () -> promoted.id().equals(loaded.get()));
    arrive("followed", 500, STEPS);
    await(done, () -> isWritten("followed"));
    flow.stop();
    StreamFlow.Outcome outcome = done.get(2, TimeUnit.MINUTES);
    assertThat(outcome.modelId()).isEqualTo(promoted.id());
    assertThat(outcome.counts().get(StreamCounts.Kind.RESTARTED)).isZero();
    assertThat(table("followed", "anomalies", ANOMALIES))
        .isEqualTo(table("once", "anomalies", ANOMALIES));
    assertThat(table("followed", "anomalies", "model_id"))
        .anyMatch(row -> row.contains(promoted.id()))
        .anyMatch(row -> row.contains(model.id()));
  }

  private static void await(CompletableFuture<?> running, BooleanSupplier until) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (System.nanoTime() < end && !running.isDone() && !until.getAsBoolean()) {
      running.copy().completeOnTimeout(null, 300, TimeUnit.MILLISECONDS).join();
    }
  }

  private boolean isWritten(String output) {
    try {
      return Files.exists(folder.resolve(output).resolve("anomalies"))
          && table(output, "anomalies", ANOMALIES).size()
              >= table("once", "anomalies", ANOMALIES).size();
    } catch (Exception replaced) {
      // A file was replaced while it was read.
      return false;
    }
  }

  /** Verdicts move thresholds in a stream as they do in a batch run. */
  @Test
  @Tag("long")
  void verdictsCountInAStreamAsInABatchRun() {
    Row event =
        TableReader.load(spark, "parquet", folder.resolve("once/events").toString())
            .orderBy("event_id")
            .head();
    List<Row> verdicts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      verdicts.add(
          RowFactory.create(
              "event-" + i,
              event.getAs("series_id"),
              event.<String>getList(event.fieldIndex("channels")).get(0),
              "false_alarm",
              Timestamp.from(START),
              "ann",
              null));
    }
    for (String output : List.of("judged", "judged-stream")) {
      spark
          .createDataFrame(verdicts, VerdictsTable.SCHEMA)
          .write()
          .parquet(folder.resolve(output).resolve("verdicts").toString());
    }
    Path path = arrive("judged", 0, STEPS);
    RunSpec batch = settings("judged").withSource("parquet", folder.resolve("whole").toString());
    rows.write().parquet(folder.resolve("whole").toString());
    DetectFlow.Outcome done = DetectFlow.run(spark, batch, model, clock);
    assertThat(done.lines()).last().asString().startsWith("verdicts on 1 series: 4 false alarms");
    available(settings("judged-stream").withSource("parquet", path.toString()));
    assertThat(table("judged-stream", "anomalies", ANOMALIES))
        .isEqualTo(table("judged", "anomalies", ANOMALIES))
        .isNotEqualTo(table("once", "anomalies", ANOMALIES));
    assertThat(table("judged-stream", "events", EVENTS))
        .isEqualTo(table("judged", "events", EVENTS));
  }

  /** Readings as JSON in, events as JSON out, and the broker is away for a while. */
  @Test
  void aTopicGivesTheTablesOfOnePassAndAnEventForEachIdWhateverTheBrokerDoes() throws Exception {
    try (KafkaBroker broker = new KafkaBroker(folder)) {
      broker.create("readings", 2);
      broker.create("events", 1);
      RunSpec run =
          settings(
              "topic",
              "stream.watermark=12h",
              "source.format=kafka",
              "source.kafka.bootstrapServers=\"%s\"".formatted(broker.servers()),
              "source.kafka.topic=readings",
              "source.options.maxOffsetsPerTrigger=400",
              "stream.kafka.bootstrapServers=\"%s\"".formatted(broker.servers()),
              "stream.kafka.topic=events");
      List<String[]> messages = messages();
      broker.send("readings", messages.subList(0, messages.size() / 2));
      StreamFlow flow = new StreamFlow(spark, run, StreamFlow.fixed(model), line -> {});
      CompletableFuture<StreamFlow.Outcome> done =
          CompletableFuture.supplyAsync(() -> flow.run(false));
      broker.stop();
      broker.start();
      broker.send("readings", messages.subList(messages.size() / 2, messages.size()));
      await(done, () -> isWritten("topic"));
      flow.stop();
      done.get(2, TimeUnit.MINUTES);
      requireSameTables("topic");
      requireSameEvents(broker.received("events"));
    }
  }

  private List<String[]> messages() {
    List<String[]> messages = new ArrayList<>();
    for (Row row :
        rows.orderBy("timestamp", "series_id")
            .unionByName(clock(12))
            .selectExpr("series_id", "to_json(struct(*))")
            .collectAsList()) {
      messages.add(new String[] {row.getString(0), row.getString(1)});
    }
    return messages;
  }

  private void requireSameEvents(List<String[]> received) {
    Map<String, String> newest = new LinkedHashMap<>();
    received.forEach(message -> newest.put(message[0], message[1]));
    List<String> ids = table("once", "events", "event_id", "state");
    assertThat(newest).hasSize(ids.size());
    assertThat(ids)
        .allMatch(
            row -> {
              String[] columns = row.substring(1, row.length() - 1).split(",");
              return newest.get(columns[1]).contains("\"state\":\"" + columns[2] + "\"");
            });
    assertThat(Arrays.asList(received.get(0)[1].split(","))).anyMatch(c -> c.contains("event_id"));
  }
}

package io.longcast.logs.flow;

import io.longcast.config.RunSpec;
import io.longcast.flow.ModelStore;
import io.longcast.flow.StreamFlow;
import io.longcast.flow.StreamJob;
import io.longcast.flow.StreamTables;
import io.longcast.flow.StreamTopics;
import io.longcast.logs.LogModelFiles;
import io.longcast.logs.LogSpec;
import io.longcast.logs.LogStreamStage;
import io.longcast.logs.LogStreamTables;
import io.longcast.logs.LogTopicSpec;
import io.longcast.logs.line.ArrivingLines;
import io.longcast.logs.table.LogAnomaliesTable;
import io.longcast.model.bundle.ModelBundle;
import io.longcast.read.KafkaSpec;
import io.longcast.sparkinternals.EngineSession;
import io.longcast.stream.StreamCounts;
import io.longcast.write.TableSink;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Judges the sessions of a log as its lines arrive, into the table that detection writes. */
public final class LogStreamFlow {
  private LogStreamFlow() {}

  /**
   * A stream of the logs of a run; see {@link StreamFlow#run}.
   *
   * @param fixed the model that scores; empty: the one that is promoted
   * @param progress takes a line after each micro-batch with rows
   */
  public static StreamFlow of(
      SparkSession spark, RunSpec run, Optional<ModelBundle> fixed, Consumer<String> progress) {
    return new StreamFlow(spark, run, counts -> new Job(spark, run, fixed, counts), progress);
  }

  /** What {@link StreamFlow} does with lines. */
  private static final class Job implements StreamJob {
    private final SparkSession spark;
    private final RunSpec run;
    private final LogSpec spec;
    private final Optional<ModelBundle> fixed;
    private final ModelStore store;
    private final StreamCounts counts;
    private final TableSink sink;

    Job(SparkSession spark, RunSpec run, Optional<ModelBundle> fixed, StreamCounts counts) {
      this.spark = spark;
      this.run = run;
      this.fixed = fixed;
      this.counts = counts;
      spec = run.section(LogSpec.class);
      store = new ModelStore(spark, run);
      sink = TableSink.open(spark, run.output(), LogAnomaliesTable.TABLE);
    }

    @Override
    public String modelId() {
      return fixed.map(bundle -> bundle.manifest().modelId()).orElseGet(store::latestId);
    }

    @Override
    public Opened open(String modelId, String checkpoint) {
      ModelBundle bundle = fixed.orElseGet(() -> store.bundle(modelId));
      Dataset<Row> found =
          LogStreamStage.run(
              lines(EngineSession.copyOf(spark), spec),
              LogModelFiles.read(bundle),
              modelId,
              spec,
              run.stream(),
              counts);
      StreamTables tables =
          new StreamTables(
              sink,
              LogStreamTables.ALL,
              new StreamTopics(run.stream().kafka())
                  .with(run.stream().kafka().topic(), LogAnomaliesTable.TABLE, LogEvents.session()),
              modelId,
              source(spec));
      return new Opened(found, tables::write);
    }

    @Override
    public Words words() {
      return new Words("lines scored", "alarms raised", "closed", "lines", "sessions");
    }

    @Override
    public Alerted alerted() {
      return new Alerted(LogAnomaliesTable.TABLE, LogEvents::of);
    }

    private static String source(LogSpec spec) {
      return spec.kafka().topic().orElseGet(() -> String.join(",", spec.paths()));
    }

    private static Dataset<Row> lines(SparkSession own, LogSpec spec) {
      return spec.kafka().isConfigured()
          ? ArrivingLines.ofMessages(messages(own, spec.kafka()), spec.lines(), spec.files())
          : ArrivingLines.ofFiles(own, spec.paths(), spec.options(), spec.lines(), spec.files());
    }

    private static Dataset<Row> messages(SparkSession own, LogTopicSpec topic) {
      KafkaSpec.requireConnector("logs.kafka.topic");
      Map<String, String> options = new HashMap<>(topic.options());
      options.putIfAbsent("startingOffsets", "earliest");
      options.put("kafka.bootstrap.servers", topic.bootstrapServers().orElseThrow());
      options.put("subscribe", topic.topic().orElseThrow());
      return own.readStream().format(KafkaSpec.FORMAT).options(options).load();
    }
  }
}

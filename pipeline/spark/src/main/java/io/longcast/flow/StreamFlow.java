package io.longcast.flow;

import io.longcast.anomaly.Verdicts;
import io.longcast.config.RunSpec;
import io.longcast.files.FolderSystem;
import io.longcast.pipeline.ServedModel;
import io.longcast.pipeline.Serving;
import io.longcast.read.ReadResult;
import io.longcast.read.ReadStage;
import io.longcast.sparkinternals.EngineSession;
import io.longcast.stream.StreamCounts;
import io.longcast.stream.StreamSpec;
import io.longcast.write.TableSink;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores a source as its rows arrive, with a model of the run, into the tables that {@link
 * DetectFlow} writes. Runs until it is asked to stop, and goes on from its checkpoint when it is
 * started again; without one, from the states of the last batch run, which in turn goes on from
 * those of the stream. Another model that is promoted, and verdicts of operators, are taken up
 * between two micro-batches.
 */
public final class StreamFlow {
  private static final Logger LOG = LoggerFactory.getLogger(StreamFlow.class);
  private static final String PARTITIONS = "spark.sql.shuffle.partitions";
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final SparkSession spark;
  private final RunSpec run;
  private final TableSink sink;
  private final Models models;
  private final Consumer<String> progress;
  private final StreamCounts counts;
  private volatile boolean stopping;
  private long lastBatch = -1;
  private long batches;
  private long rows;

  /** Where the model comes from. */
  public interface Models {
    /** The model that is to score now. */
    String id();

    /** A model by its id. */
    ServedModel load(String id);
  }

  /**
   * What was done.
   *
   * @param modelId the model that scored last
   * @param rows that were read
   * @param batches micro-batches
   * @param counts what was done with them
   */
  public record Outcome(String modelId, long rows, long batches, StreamCounts counts) {}

  /**
   * A stream of a run.
   *
   * @param progress takes a line after each micro-batch with rows
   */
  public StreamFlow(SparkSession spark, RunSpec run, Models models, Consumer<String> progress) {
    this.spark = spark;
    this.run = run;
    this.models = models;
    this.progress = progress;
    sink = TableSink.open(spark, run.output());
    counts = StreamCounts.of(spark);
  }

  /** Asks {@link #run} to return once the micro-batch at work is written. */
  public void stop() {
    stopping = true;
  }

  /**
   * Runs until {@link #stop} is called.
   *
   * @param availableOnly whether to return once all that is there now was scored
   * @throws IllegalStateException if the query fails
   */
  public Outcome run(boolean availableOnly) {
    String modelId = models.id();
    String ended = "";
    while (ended != null) {
      String verdicts = VerdictFlow.version(spark, run);
      StreamingQuery query = start(models.load(modelId), availableOnly);
      ended = follow(query, modelId, verdicts);
      if (ended != null) {
        String what = ended.equals(modelId) ? "verdicts were given" : "the model was promoted";
        LOG.info("the stream goes on with model {}: {}", ended, what);
        modelId = ended;
      }
    }
    return new Outcome(modelId, rows, batches, counts);
  }

  /**
   * Watches a query until it ends, another model is promoted or verdicts are given; returns the
   * model to go on with, or null for none.
   */
  private String follow(StreamingQuery query, String modelId, String verdicts) {
    try {
      while (!query.awaitTermination(LOOK.toMillis())) {
        boolean worked = report(query);
        boolean follows = worked && run.stream().follow() == StreamSpec.Follow.PROMOTED;
        String wanted = follows ? models.id() : modelId;
        boolean judged = worked && !VerdictFlow.version(spark, run).equals(verdicts);
        if (stopping || judged || !wanted.equals(modelId)) {
          finish(query);
          return stopping ? null : wanted;
        }
      }
      report(query);
      return null;
    } catch (StreamingQueryException | TimeoutException failure) {
      throw new IllegalStateException(
          "the stream ended: "
              + failure.getMessage()
              + "; start it again to go on from "
              + checkpoint(),
          failure);
    }
  }

  /** Stops between two micro-batches; one that takes too long is done again at the next start. */
  private void finish(StreamingQuery query) throws StreamingQueryException, TimeoutException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (query.status().isTriggerActive() && System.nanoTime() < end) {
      if (query.awaitTermination(1)) {
        return;
      }
    }
    query.stop();
    report(query);
  }

  private StreamingQuery start(ServedModel model, boolean availableOnly) {
    RunSpec reading = model.reading(run);
    ReadResult read = ReadStage.stream(spark, reading.source());
    Dataset<Row> streamed =
        new Serving(spark, reading, model, verdicts(model))
            .streamed(read, states(model), known(model), counts);
    StreamTables tables = new StreamTables(sink, run.stream().kafka(), model.id(), read.source());
    partition(streamed.sparkSession());
    VoidFunction2<Dataset<Row>, Long> write = (batch, id) -> tables.write(batch, id);
    DataStreamWriter<Row> writer =
        streamed
            .writeStream()
            .queryName("longcast " + run.name())
            .option("checkpointLocation", checkpoint())
            .trigger(
                availableOnly
                    ? Trigger.AvailableNow()
                    : Trigger.ProcessingTime(run.stream().trigger().toMillis()))
            .foreachBatch(write);
    try {
      return writer.start();
    } catch (TimeoutException failure) {
      throw new IllegalStateException("the stream could not be started", failure);
    }
  }

  private Verdicts verdicts(ServedModel model) {
    Verdicts verdicts = VerdictFlow.verdicts(spark, run, model.state().layout().channels());
    verdicts.lines().forEach(progress);
    return verdicts;
  }

  /** Of the state: Spark's own 200 are many for one machine. */
  private void partition(SparkSession session) {
    int asked = run.stream().partitions();
    if (asked > 0 || !EngineSession.sets(session, PARTITIONS)) {
      int cores = session.sparkContext().defaultParallelism();
      session.conf().set(PARTITIONS, asked > 0 ? asked : 2 * cores);
    }
  }

  private String checkpoint() {
    return run.stream()
        .checkpoint()
        .orElseGet(() -> run.output().table("checkpoints") + "/stream/" + run.name());
  }

  /**
   * What a batch run of the model knew; none where the stream has finished a micro-batch. One that
   * failed in its first is done again from these states.
   */
  private Optional<Dataset<Row>> states(ServedModel model) {
    Path commits = new Path(checkpoint(), "commits");
    FolderSystem files = FolderSystem.of(EngineSession.hadoopConf(spark), commits);
    boolean begun =
        files.exists(commits)
            && files.list(commits).stream()
                .anyMatch(file -> file.getPath().getName().matches("\\d+"));
    return begun || !run.anomaly().resume() ? Optional.empty() : known(model);
  }

  /** All states of the model in the table, which say how many series share a budget. */
  private Optional<Dataset<Row>> known(ServedModel model) {
    return DetectFlow.states(sink, model).filter(states -> !states.isEmpty());
  }

  /** Says what the micro-batches since the last look did; returns whether there were any. */
  private boolean report(StreamingQuery query) {
    long before = lastBatch;
    for (var batch : query.recentProgress()) {
      if (batch.batchId() > lastBatch) {
        lastBatch = batch.batchId();
        batches++;
        rows += batch.numInputRows();
        if (batch.numInputRows() > 0) {
          progress.accept(StreamProgress.line(batch, counts));
        }
      }
    }
    return lastBatch > before;
  }

  /** The models of a run, the promoted one first and, where it is followed, always. */
  public static Models promoted(SparkSession spark, RunSpec run) {
    ModelStore store = new ModelStore(spark, run);
    return new Models() {
      @Override
      public String id() {
        return store.latestId();
      }

      @Override
      public ServedModel load(String id) {
        return store.load(id);
      }
    };
  }

  /** One model that stays. */
  public static Models fixed(ServedModel model) {
    return new Models() {
      @Override
      public String id() {
        return model.id();
      }

      @Override
      public ServedModel load(String id) {
        return model;
      }
    };
  }
}

package io.longcast.flow;

import io.longcast.config.RunSpec;
import io.longcast.pipeline.ServedModel;
import io.longcast.sparkinternals.EngineSession;
import io.longcast.stream.StreamCounts;
import io.longcast.stream.StreamSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
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
  private final StreamJob job;
  private final Consumer<String> progress;
  private final StreamCounts counts;
  private final StreamAlerts alerts;
  private volatile boolean stopping;

  /** No further micro-batch is written: the query ends with the one at work. */
  private volatile boolean halting;

  /** A micro-batch waits for the end of the query. */
  private volatile boolean isHeld;

  private long lastBatch = -1;
  private long batches;
  private long rows;
  private Instant newest;

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
   * A stream of the series of a run.
   *
   * @param progress takes a line after each micro-batch with rows
   */
  public StreamFlow(SparkSession spark, RunSpec run, Models models, Consumer<String> progress) {
    this(spark, run, counts -> new SeriesStreamJob(spark, run, models, counts, progress), progress);
  }

  /**
   * A stream of a run.
   *
   * @param job makes what is done with the input, with the counts it adds to
   * @param progress takes a line after each micro-batch with rows
   */
  public StreamFlow(
      SparkSession spark,
      RunSpec run,
      Function<StreamCounts, StreamJob> job,
      Consumer<String> progress) {
    this.spark = spark;
    this.run = run;
    this.progress = progress;
    counts = StreamCounts.of(spark);
    this.job = job.apply(counts);
    alerts = new StreamAlerts(spark, run, counts, this.job.alerted());
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
    String modelId = job.modelId();
    String ended = "";
    while (ended != null) {
      String verdicts = VerdictFlow.version(spark, run);
      ended = scored(start(job.open(modelId, checkpoint()), availableOnly), modelId, verdicts);
      if (ended != null) {
        String what = ended.equals(modelId) ? "verdicts were given" : "the model was promoted";
        LOG.info("the stream goes on with model {}: {}", ended, what);
        modelId = ended;
      }
    }
    return new Outcome(modelId, rows, batches, counts);
  }

  /** No query goes on that nobody watches. */
  private String scored(StreamingQuery query, String modelId, String verdicts) {
    try {
      return follow(query, modelId, verdicts);
    } finally {
      if (query.isActive()) {
        stop(query);
      }
    }
  }

  private static void stop(StreamingQuery query) {
    try {
      query.stop();
    } catch (TimeoutException slow) {
      LOG.warn("the micro-batch at work did not end: {}", slow.getMessage());
    }
  }

  /**
   * Watches a query until it ends, another model is promoted or verdicts are given; returns the
   * model to go on with, or null for none.
   */
  private String follow(StreamingQuery query, String modelId, String verdicts) {
    try {
      while (!query.awaitTermination(LOOK.toMillis())) {
        boolean worked = report(query, modelId);
        boolean follows = worked && run.stream().follow() == StreamSpec.Follow.PROMOTED;
        String wanted = follows ? job.modelId() : modelId;
        boolean judged = worked && !VerdictFlow.version(spark, run).equals(verdicts);
        if (stopping || judged || !wanted.equals(modelId)) {
          finish(query);
          report(query, modelId);
          return stopping ? null : wanted;
        }
      }
      report(query, modelId);
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

  /**
   * Stops between two micro-batches: a query that is stopped after a micro-batch was written and
   * before its checkpoint says so writes it again, with another model under another key. One that
   * takes too long is done again at the next start.
   */
  private void finish(StreamingQuery query) throws StreamingQueryException, TimeoutException {
    halting = true;
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (query.status().isTriggerActive() && !isHeld && System.nanoTime() < end) {
      if (query.awaitTermination(1)) {
        return;
      }
    }
    query.stop();
  }

  /** Keeps the query at a micro-batch of which nothing is written, until it is stopped. */
  private void hold() throws InterruptedException {
    isHeld = true;
    new CountDownLatch(1).await();
  }

  private StreamingQuery start(StreamJob.Opened opened, boolean availableOnly) {
    halting = false;
    isHeld = false;
    partition(opened.rows().sparkSession());
    DataStreamWriter<Row> writer =
        opened
            .rows()
            .writeStream()
            .queryName("longcast " + run.name())
            .option("checkpointLocation", checkpoint())
            .trigger(
                availableOnly
                    ? Trigger.AvailableNow()
                    : Trigger.ProcessingTime(run.stream().trigger().toMillis()))
            .foreachBatch(
                (VoidFunction2<Dataset<Row>, Long>)
                    (found, batch) -> {
                      if (halting) {
                        hold();
                      }
                      opened.write().call(found, batch);
                      alerts.written();
                    });
    try {
      return writer.start();
    } catch (TimeoutException failure) {
      throw new IllegalStateException("the stream could not be started", failure);
    }
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
   * Says what the micro-batches since the last look did, and delivers the alerts that came of it;
   * returns whether there were any.
   */
  private boolean report(StreamingQuery query, String modelId) {
    long before = lastBatch;
    for (var batch : query.recentProgress()) {
      if (batch.batchId() > lastBatch) {
        lastBatch = batch.batchId();
        batches++;
        rows += batch.numInputRows();
        if (batch.numInputRows() > 0) {
          progress.accept(StreamProgress.line(batch, counts, job.words()));
        }
        StreamProgress.newest(batch).ifPresent(time -> newest = latest(time));
      }
    }
    if (batches > 0) {
      alerts.deliver(modelId, Optional.ofNullable(newest));
    }
    return lastBatch > before;
  }

  private Instant latest(Instant time) {
    return newest == null || time.isAfter(newest) ? time : newest;
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

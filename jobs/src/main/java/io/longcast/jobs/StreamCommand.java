package io.longcast.jobs;

import io.longcast.config.RunSpec;
import io.longcast.flow.StreamFlow;
import io.longcast.pipeline.BundleWriter;
import io.longcast.pipeline.StageClock;
import io.longcast.table.AnomaliesTable;
import io.longcast.table.EventsTable;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code longcast stream}. */
@Command(
    name = "stream",
    mixinStandardHelpOptions = true,
    description =
        "Scores the rows of the source as they arrive, with the promoted model, until it is"
            + " stopped (SIGTERM, Ctrl-C); started again, it goes on.")
final class StreamCommand implements Callable<Integer> {
  /** Before Spark's own hook, which stops the context. */
  private static final int BEFORE_SPARK = 1000;

  private static final long PATIENCE_SECONDS = 300;

  @Mixin private RunOptions options;
  @Mixin private ModelOption which;

  @Option(
      names = "--available",
      description = "end once all that is there now was scored, for a scheduled job")
  private boolean available;

  @Override
  public Integer call() throws IOException {
    return options.run("stream", this::work);
  }

  private CommandResult work(SparkSession spark, RunSpec run, StageClock clock) {
    StreamFlow flow =
        new StreamFlow(spark, run, models(spark, run), line -> System.out.println(line));
    CountDownLatch ended = new CountDownLatch(1);
    Runnable hook = () -> finish(flow, ended);
    ShutdownHookManager hooks = ShutdownHookManager.get();
    hooks.addShutdownHook(hook, BEFORE_SPARK, PATIENCE_SECONDS, TimeUnit.SECONDS);
    try {
      return answer(clock.time("stream", () -> flow.run(available)), run);
    } finally {
      ended.countDown();
      if (!hooks.isShutdownInProgress()) {
        hooks.removeShutdownHook(hook);
      }
    }
  }

  private StreamFlow.Models models(SparkSession spark, RunSpec run) {
    return which.isGiven()
        ? StreamFlow.fixed(BundleWriter.served(which.bundle(spark, run)))
        : StreamFlow.promoted(spark, run);
  }

  /** The micro-batch at work is written before Spark goes down. */
  private static void finish(StreamFlow flow, CountDownLatch ended) {
    flow.stop();
    try {
      ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static CommandResult answer(StreamFlow.Outcome done, RunSpec run) {
    CommandResult answer = new CommandResult();
    done.counts().all().forEach(answer::figure);
    return answer
        .line("stopped after %,d rows in %,d micro-batches".formatted(done.rows(), done.batches()))
        .figure("rows", done.rows())
        .figure("model_id", done.modelId())
        .line("anomalies: " + run.output().table(AnomaliesTable.TABLE.name()))
        .line("events: " + run.output().table(EventsTable.TABLE.name()));
  }
}

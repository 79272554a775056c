package io.longcast.jobs;

import io.longcast.config.RunSpec;
import io.longcast.flow.StreamFlow;
import io.longcast.logs.LogSpec;
import io.longcast.logs.flow.LogStreamFlow;
import io.longcast.logs.table.LogAnomaliesTable;
import io.longcast.model.bundle.ModelBundle;
import io.longcast.pipeline.BundleWriter;
import io.longcast.pipeline.StageClock;
import io.longcast.table.AnomaliesTable;
import io.longcast.table.EventsTable;
import io.longcast.table.TableShape;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
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

  /** After Spark's own hook, and those of Hadoop. */
  private static final int LAST = 1;

  private static final long PATIENCE_SECONDS = 330;

  @Mixin private RunOptions options;
  @Mixin private ModelOption which;

  @Option(
      names = "--available",
      description = "end once all that is there now was scored, for a scheduled job")
  private boolean available;

  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile StreamFlow flow;
  private volatile int code;

  /** A signal ends the command as it ends by itself: with its answer, and its exit code. */
  @Override
  public Integer call() throws IOException {
    ShutdownHookManager hooks = ShutdownHookManager.get();
    Runnable finish = this::finish;
    Runnable exit = this::exit;
    hooks.addShutdownHook(finish, BEFORE_SPARK, PATIENCE_SECONDS, TimeUnit.SECONDS);
    hooks.addShutdownHook(exit, LAST);
    try {
      code = options.run("stream", this::work);
      return code;
    } finally {
      ended.countDown();
      if (!hooks.isShutdownInProgress()) {
        hooks.removeShutdownHook(finish);
        hooks.removeShutdownHook(exit);
      }
    }
  }

  private CommandResult work(SparkSession spark, RunSpec run, StageClock clock) {
    boolean isLog = run.section(LogSpec.class).isConfigured();
    flow = isLog ? logs(spark, run) : series(spark, run);
    return answer(clock.time("stream", () -> flow.run(available)), run, isLog);
  }

  /** The micro-batch at work is written, and the answer said, before Spark goes down. */
  private void finish() {
    StreamFlow running = flow;
    if (running == null) {
      return;
    }
    running.stop();
    try {
      ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A JVM that a signal ends would say 143, as if it had been cut off. */
  private void exit() {
    if (ended.getCount() == 0) {
      Runtime.getRuntime().halt(code);
    }
  }

  private static void progress(String line) {
    System.out.println(line);
  }

  private StreamFlow logs(SparkSession spark, RunSpec run) {
    Optional<ModelBundle> fixed =
        which.isGiven() ? Optional.of(which.bundle(spark, run)) : Optional.empty();
    return LogStreamFlow.of(spark, run, fixed, StreamCommand::progress);
  }

  private StreamFlow series(SparkSession spark, RunSpec run) {
    return new StreamFlow(spark, run, models(spark, run), StreamCommand::progress);
  }

  private StreamFlow.Models models(SparkSession spark, RunSpec run) {
    return which.isGiven()
        ? StreamFlow.fixed(BundleWriter.served(which.bundle(spark, run)))
        : StreamFlow.promoted(spark, run);
  }

  private static CommandResult answer(StreamFlow.Outcome done, RunSpec run, boolean isLog) {
    CommandResult answer = new CommandResult();
    done.counts().all().forEach(answer::figure);
    answer
        .line("stopped after %,d rows in %,d micro-batches".formatted(done.rows(), done.batches()))
        .figure("rows", done.rows())
        .figure("model_id", done.modelId());
    List<TableShape> tables =
        isLog ? List.of(LogAnomaliesTable.TABLE) : List.of(AnomaliesTable.TABLE, EventsTable.TABLE);
    tables.forEach(table -> answer.line(table.name() + ": " + run.output().table(table.name())));
    return answer;
  }
}

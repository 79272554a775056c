package io.longcast.pipeline;

import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.shard.ShardStage;
import io.longcast.shard.ShardedBlocks;
import io.longcast.train.Trainer;
import io.longcast.train.TrainingData;
import io.longcast.train.TrainingProgress;
import io.longcast.train.TrainingResult;
import io.longcast.train.TrainingSpec;
import io.longcast.train.dl4j.Dl4jNumerics;
import io.longcast.train.round.JvmNumerics;
import io.longcast.window.HoldoutBlock;
import io.longcast.window.SplitSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Trains a resolved network on packed shards.
 *
 * @param spark the session
 * @param resume whether to resume from the newest checkpoint
 * @param clock notified of every round
 */
public record NetworkTraining(SparkSession spark, boolean resume, StageClock clock) {

  /** The windows of a split of a task's series, packed into shards and cached until closed. */
  ShardedBlocks pack(EvaluationTask<?> task, SplitSpec split) {
    ResolvedConfig plan = task.plan();
    int shards = plan.run().training().shards();
    return task.packed()
        .map(
            series ->
                clock.time(
                    "pack",
                    () ->
                        ShardStage.shardPacked(
                                series, task.layout(), plan.cutter().window(), split, shards)
                            .cache()))
        .orElseGet(() -> pack(plan, split, task.segments(), task.layout()));
  }

  /** The windows of a split of series, packed into shards and cached until closed. */
  public ShardedBlocks pack(
      ResolvedConfig plan, SplitSpec split, JavaRDD<Segment> segments, SeriesLayout layout) {
    int shards = plan.run().training().shards();
    return clock.time(
        "pack",
        () -> ShardStage.shard(segments, layout, plan.cutter().window(), split, shards).cache());
  }

  /** Trains by the plan's own settings; stage of the clock {@code train}. */
  TrainingResult first(ResolvedConfig plan, ShardedBlocks blocks) {
    SplitSpec split = plan.run().split();
    return clock.time("train", () -> train(plan, blocks, split, plan.training("first"), "first"));
  }

  /** What is served: trained again on all rows, or as it is where no refit is requested. */
  TrainingResult refit(EvaluationTask<?> task, TrainingResult first) {
    ResolvedConfig plan = task.plan();
    if (!plan.run().training().refit()) {
      return first;
    }
    SplitSpec all = plan.run().split().trainingOnAll();
    return clock.time(
        "refit",
        () -> {
          try (ShardedBlocks blocks = pack(task, all)) {
            return train(plan, blocks, all, plan.training("refit"), "refit");
          }
        });
  }

  /**
   * Trains one network, or the members of an ensemble side by side: each is a run of the trainer
   * with a separate seed, and a holdout block if configured, over the same cached shards, its jobs
   * taking the executors that the others leave free. What comes out does not depend on how many
   * there are.
   *
   * <p>A network of DL4J's own layers has its rate in its configuration, which that of each step
   * multiplies.
   *
   * @param split which windows are trained on
   * @param spec the settings, with where checkpoints go
   * @param stage name of this training, part of its checkpoints' identity
   * @return of an ensemble the members' results as one
   */
  public TrainingResult train(
      ResolvedConfig plan, ShardedBlocks blocks, SplitSpec split, TrainingSpec spec, String stage) {
    if (spec.members() == 1) {
      return one(plan, blocks, split, HoldoutBlock.NONE, spec, stage);
    }
    ExecutorService threads = Executors.newFixedThreadPool(spec.members());
    try {
      List<Future<TrainingResult>> running = new ArrayList<>();
      for (int member = 1; member <= spec.members(); member++) {
        TrainingSpec own = spec.member(member);
        HoldoutBlock cut = spec.cut(member);
        String name = stage + "-member-" + member;
        running.add(threads.submit(() -> one(plan, blocks, split, cut, own, name)));
      }
      List<TrainingResult> results = new ArrayList<>();
      for (Future<TrainingResult> member : running) {
        results.add(result(member));
      }
      return TrainingResult.joined(results);
    } finally {
      threads.shutdownNow();
    }
  }

  private static TrainingResult result(Future<TrainingResult> member) {
    try {
      return member.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("a member of the ensemble failed", failed.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the ensemble was trained", stopped);
    }
  }

  private TrainingResult one(
      ResolvedConfig plan,
      ShardedBlocks blocks,
      SplitSpec split,
      HoldoutBlock cut,
      TrainingSpec spec,
      String stage) {
    Map<String, String> identity = new TreeMap<>(plan.identity());
    identity.put("stage", stage);
    TrainingData<?> data =
        TrainingData.of(
            blocks, plan.cutter(), split, plan.run().sampling(), cut, spec.seed(), identity);
    TrainingProgress progress = new MeteredProgress(clock.progress(), "training (" + stage + ")");
    Trainer trainer =
        new Trainer(
            JavaSparkContext.fromSparkContext(spark.sparkContext()),
            plan.network(),
            plan.spec().dl4j().isPresent() ? spec.withPeakRate(1) : spec,
            plan.spec().dl4j().isPresent() ? Dl4jNumerics::text : JvmNumerics::text,
            progress);
    return resume ? trainer.resume(data) : trainer.fit(data);
  }
}

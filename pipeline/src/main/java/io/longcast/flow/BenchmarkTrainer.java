package io.longcast.flow;

import io.longcast.benchmark.ForecastTask;
import io.longcast.benchmark.ForecasterTrainer;
import io.longcast.clean.CategoryCodes;
import io.longcast.config.RunSpec;
import io.longcast.series.Segment;
import io.longcast.train.TrainingResult;
import io.longcast.window.CutterSpec;
import io.longcast.window.ShardStage;
import io.longcast.window.ShardedBlocks;
import io.longcast.window.SplitSpec;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Trains the network for a benchmark's task through the ordinary Spark trainer.
 *
 * @param spark the session
 * @param run settings of network and training; the task gives horizon and season
 * @param clock times the stages
 */
record BenchmarkTrainer(SparkSession spark, RunSpec run, StageClock clock)
    implements ForecasterTrainer {

  @Override
  public Trained train(ForecastTask task) {
    JavaRDD<Segment> segments =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(task.segments());
    SplitSpec all = run.split().trainingOnAll();
    RunSpec asked = run.withWindows(run.window().withHorizon(task.horizon()), all);
    Resolved plan =
        Resolved.of(
            Defaults.close(asked, task.season(), task.layout(), segments),
            task.layout(),
            Optional.empty(),
            CategoryCodes.none());
    SplitSpec split = plan.run().split();
    CutterSpec cutter = plan.cutter();
    ShardedBlocks blocks =
        ShardStage.shard(segments, task.layout(), cutter.window(), split, run.training().shards())
            .cache();
    try {
      TrainingResult result =
          clock.time(
              "train " + task.name(),
              () ->
                  new NetworkTraining(spark, false, clock)
                      .train(plan, blocks, split, run.training(), task.name()));
      return new Trained(plan.network().forecaster(result.parameters()), cutter.open());
    } finally {
      blocks.unpersist();
    }
  }
}

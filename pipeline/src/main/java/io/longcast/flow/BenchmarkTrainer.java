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
import io.longcast.window.WindowSpec;
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
    WindowSpec window =
        new WindowSpec(run.window().contextLength(), task.horizon(), run.window().stride());
    CutterSpec cutter = new CutterSpec(window, task.layout(), run.calendar(), false);
    JavaRDD<Segment> segments =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(task.segments());
    SplitSpec all = run.split().trainingOnAll();
    Resolved plan =
        new Resolved(
            run,
            Defaults.close(run.model(), window, all, task.season(), task.layout(), segments),
            cutter,
            Optional.empty(),
            CategoryCodes.none());
    ShardedBlocks blocks =
        ShardStage.shard(segments, task.layout(), window, all, run.training().shards()).cache();
    try {
      TrainingResult result =
          clock.time(
              "train " + task.name(),
              () ->
                  new NetworkTraining(spark, false, clock)
                      .train(plan, blocks, all, run.training(), task.name()));
      return new Trained(plan.network().forecaster(result.parameters()), cutter.open());
    } finally {
      blocks.unpersist();
    }
  }
}

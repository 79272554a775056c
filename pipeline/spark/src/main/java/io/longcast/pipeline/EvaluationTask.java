package io.longcast.pipeline;

import io.longcast.backtest.Evaluation;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.shard.ShardedBlocks;
import io.longcast.train.TrainingResult;
import io.longcast.window.SplitSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;

/**
 * What training and backtests must know of what is predicted; their course is the same for all.
 *
 * @param <V> how a model and its baselines are evaluated
 */
public interface EvaluationTask<V extends Evaluation> {

  /** The settings as resolved so far; complete after {@link #trained}. */
  ResolvedConfig plan();

  /** The series, with their targets among the channels. */
  JavaRDD<Segment> segments();

  /** The series as cleaning packed them; empty where labels were added to them since. */
  Optional<JavaRDD<byte[]>> packed();

  /** Of {@link #segments}. */
  SeriesLayout layout();

  /**
   * Trains a network and makes it ready to be evaluated.
   *
   * @param blocks packed for the split
   * @param split which windows are trained on; nothing later may be looked at
   * @param training trains by the settings it is given
   * @return compares the network with its baselines on the validation windows of a later split
   */
  Function<SplitSpec, V> trained(
      ShardedBlocks blocks, SplitSpec split, Function<ResolvedConfig, TrainingResult> training);

  /** What the model needs in addition to its weights to serve, once it was evaluated. */
  ServingState serving(SeriesDataset data);

  /** The evaluations of disjoint folds as one. */
  V merged(List<V> folds);
}

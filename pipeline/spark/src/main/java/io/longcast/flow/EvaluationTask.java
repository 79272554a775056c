package io.longcast.flow;

import io.longcast.backtest.Evaluation;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.shard.ShardedBlocks;
import io.longcast.train.TrainingResult;
import io.longcast.window.SplitSpec;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;

/** What a backtest must know of what is predicted: its walk over the folds is the same for all. */
interface EvaluationTask<V extends Evaluation> {

  /** The settings as resolved from what every fold may know. */
  ResolvedConfig plan();

  /** The series, with their targets among the channels. */
  JavaRDD<Segment> segments();

  /** Of {@link #segments}. */
  SeriesLayout layout();

  /**
   * Trains a network and makes it ready to be compared.
   *
   * @param blocks packed for the split
   * @param split which windows are trained on; nothing later may be looked at
   * @param training trains by the settings it is given
   * @return compares the network with its baselines on the validation windows of a later split
   */
  Function<SplitSpec, V> trained(
      ShardedBlocks blocks, SplitSpec split, Function<ResolvedConfig, TrainingResult> training);

  /** The comparisons of disjoint folds as one. */
  V merged(List<V> folds);
}

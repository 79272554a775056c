package io.longcast.train.dl4j;

import io.longcast.train.round.OneNumerics;
import io.longcast.train.round.RoundEngine;
import io.longcast.train.round.RoundInput;
import io.longcast.train.round.RoundMode;
import io.longcast.train.round.ShardResult;
import io.longcast.train.round.ShardTask;
import io.longcast.train.round.Sums;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pass over the minibatches of all shards: rounds until none has any left. Between rounds the
 * vectors stay on the heap; the driver's network gets them at the end.
 */
final class AveragedPass {
  private static final Logger LOG = LoggerFactory.getLogger(AveragedPass.class);

  private final OrderedAveragingSpec spec;
  private final RoundEngine<PackedExamples> engine;
  private final NetworkTasks tasks;
  private final SlotNetwork driver;
  private final OneNumerics numerics = new OneNumerics();

  AveragedPass(
      OrderedAveragingSpec spec,
      RoundEngine<PackedExamples> engine,
      NetworkTasks tasks,
      SlotNetwork driver) {
    this.spec = spec;
    this.engine = engine;
    this.tasks = tasks;
    this.driver = driver;
  }

  /** Trains, and returns the mean loss of the last round, NaN where there was no minibatch. */
  double toEnd() {
    requireTrains();
    long begin = System.nanoTime();
    float[] parameters = driver.parameters();
    float[] updater = spec.averageUpdater() ? driver.updater() : new float[0];
    int steps = 0;
    double score = Double.NaN;
    ShardTask<PackedExamples> train = tasks::train;
    engine.stay(RoundMode.AUTO, List.of(train));
    for (boolean more = true; more; ) {
      byte[] input = input(parameters, updater, steps).toBytes();
      Sums sums = engine.sum(train, input, false);
      List<ShardResult> results = sums.results();
      requireOneNumerics(results);
      more = results.stream().anyMatch(result -> result.stats().more());
      if (sums.parameters().length > 0) {
        parameters = sums.parameters();
        updater = spec.averageUpdater() ? sums.updater() : updater;
        steps += results.stream().mapToInt(result -> result.stats().steps()).max().orElse(0);
        score = meanLoss(results);
      }
    }
    driver.load(parameters, updater.length == 0 ? null : updater);
    driver.iteration(driver.iteration() + steps);
    LOG.info(
        "averaged {} shards over {} minibatches each, every {}, in {} s",
        engine.shards(),
        steps,
        spec.averagingFrequency(),
        (System.nanoTime() - begin) / 1e9);
    return score;
  }

  /** Only truncated backpropagation inspects all minibatches before the first step. */
  private void requireTrains() {
    if (Truncation.isOf(driver.model())) {
      int unlabelled = 0;
      for (byte[] shard : engine.run(tasks::countUnlabelled, new byte[0])) {
        unlabelled += ByteBuffer.wrap(shard).getInt();
      }
      Truncation.requireLabelsEachStep(unlabelled);
    }
  }

  /** Over all rounds so far; a shard without minibatches left is not counted. */
  private void requireOneNumerics(List<ShardResult> results) {
    results.stream()
        .map(ShardResult::stats)
        .filter(stats -> stats.steps() > 0)
        .forEach(stats -> numerics.add(stats.numerics(), stats.slot()));
    numerics.require();
  }

  private RoundInput input(float[] parameters, float[] updater, int step) {
    return new RoundInput(
        parameters,
        updater.length == 0 ? List.of() : List.of(updater),
        step,
        driver.iteration() + step,
        new double[spec.averagingFrequency()],
        1,
        0,
        spec.seed(),
        Double.POSITIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        false,
        Set.of());
  }

  private static double meanLoss(List<ShardResult> results) {
    double loss = 0;
    double examples = 0;
    for (ShardResult result : results) {
      loss += result.stats().lossSum();
      examples += result.stats().windows();
    }
    return loss / examples;
  }
}

package io.longcast.train;

import io.longcast.train.WindowTasks.Presence;
import io.longcast.train.round.OneNumerics;
import io.longcast.train.round.Seeds;
import java.util.List;

/**
 * What is known before round 1.
 *
 * @param windows training windows of all shards
 * @param maxWindows of the largest shard
 * @param parameters of the network
 * @param updaterState of the network
 * @param fingerprint of the data, in hexadecimal
 * @param numerics all executors agree on
 */
record TrainingPreflight(
    long windows,
    long maxWindows,
    int parameters,
    int updaterState,
    String fingerprint,
    String numerics) {

  /**
   * Compares what the shards say.
   *
   * @throws IllegalStateException where executors would compute different bits
   * @throws IllegalArgumentException where there is nothing to train on
   */
  static TrainingPreflight of(List<Presence> shards) {
    requireOneNumerics(shards);
    long windows = shards.stream().mapToLong(Presence::windows).sum();
    if (windows == 0) {
      throw new IllegalArgumentException(
          "no training windows in "
              + shards.size()
              + " shards: the series are shorter than context and horizon, or held out");
    }
    long mix = shards.size();
    for (Presence shard : shards) {
      mix = Seeds.mix(mix ^ shard.fingerprint());
      mix = Seeds.mix(mix ^ shard.windows());
    }
    return new TrainingPreflight(
        windows,
        shards.stream().mapToLong(Presence::windows).max().orElse(0),
        shards.get(0).parameters(),
        shards.get(0).updaterState(),
        String.format("%016x", mix),
        shards.get(0).numerics());
  }

  /**
   * What an executor needs in addition to its heap, where shards and tasks are spread evenly.
   *
   * @param heap of an executor, in bytes
   */
  ExecutorMemory executorMemory(int shards, int tasks, int executors, long heap) {
    return ExecutorMemory.of(
        parameters,
        updaterState,
        (shards + executors - 1) / executors,
        (tasks + executors - 1) / executors,
        heap);
  }

  private static void requireOneNumerics(List<Presence> shards) {
    OneNumerics all = new OneNumerics();
    shards.forEach(shard -> all.add(shard.numerics(), shard.executor()));
    all.require();
  }
}

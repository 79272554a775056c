package io.longcast.train;

import io.longcast.train.WindowTasks.Presence;
import io.longcast.train.round.Seeds;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is known before round 1.
 *
 * @param windows training windows of all shards
 * @param mostWindows of the largest shard
 * @param parameters of the network
 * @param updaterState of the network
 * @param fingerprint of the data, in hexadecimal
 * @param numerics all executors agree on
 */
record Muster(
    long windows,
    long mostWindows,
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
  static Muster of(List<Presence> shards) {
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
    return new Muster(
        windows,
        shards.stream().mapToLong(Presence::windows).max().orElse(0),
        shards.get(0).parameters(),
        shards.get(0).updaterState(),
        String.format("%016x", mix),
        shards.get(0).numerics());
  }

  /**
   * What an executor needs beside its heap, where shards and tasks are spread evenly.
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
    Map<String, TreeSet<String>> executors = new TreeMap<>();
    for (Presence shard : shards) {
      executors.computeIfAbsent(shard.numerics(), any -> new TreeSet<>()).add(shard.executor());
    }
    if (executors.size() > 1) {
      throw new IllegalStateException(refusal(executors));
    }
  }

  /** The message for executors that differ. */
  static String refusal(Map<String, ? extends Iterable<String>> executors) {
    String list =
        executors.entrySet().stream()
            .map(entry -> entry.getKey() + " on " + String.join(", ", entry.getValue()))
            .collect(Collectors.joining("; "));
    return "executors differ in numerics and would not give the same bits: "
        + list
        + ". Use machines of one kind, or pin the common denominator with JVM options, the same for"
        + " all (spark.executor.extraJavaOptions: -XX:UseAVX=2 or -XX:MaxVectorSize=32, and"
        + " --add-modules=jdk.incubator.vector)";
  }
}

package io.longcast.train.round;

import java.util.ArrayList;
import java.util.List;

/**
 * A round's results added up over all shards.
 *
 * @param results of the shards in order; with their vectors only where that was requested
 * @param parameters mean weighted by windows; empty where no shard counts
 * @param updater mean as well
 * @param broadcastNanos sending the input
 * @param reduceNanos adding up on the driver
 */
public record Sums(
    List<ShardResult> results,
    float[] parameters,
    float[] updater,
    long broadcastNanos,
    long reduceNanos) {

  /** Sums of the results, one per shard. */
  public static Sums ofShards(List<byte[]> bytes, long broadcastNanos, boolean apart) {
    long begin = System.nanoTime();
    List<ShardResult> all = bytes.stream().map(ShardResult::fromBytes).toList();
    List<GroupSum> groups = new ArrayList<>();
    for (int from = 0; from < all.size(); from += GroupSum.SIZE) {
      groups.add(GroupSum.of(all.subList(from, Math.min(from + GroupSum.SIZE, all.size()))));
    }
    Sums sums = of(groups, broadcastNanos, begin);
    return apart
        ? new Sums(all, sums.parameters, sums.updater, broadcastNanos, sums.reduceNanos)
        : sums;
  }

  /** Adds up what executors have added up by groups. */
  public static Sums ofGroups(List<byte[]> bytes, long broadcastNanos) {
    long begin = System.nanoTime();
    return of(bytes.stream().map(GroupSum::fromBytes).toList(), broadcastNanos, begin);
  }

  private static Sums of(List<GroupSum> groups, long broadcastNanos, long begin) {
    List<ShardResult> results = new ArrayList<>();
    WeightedSum parameters = new WeightedSum();
    WeightedSum updater = new WeightedSum();
    for (GroupSum group : groups) {
      results.addAll(group.results());
      if (group.weight() > 0) {
        parameters.add(group.parameters(), group.weight());
        updater.add(group.updater(), group.weight());
      }
    }
    boolean empty = parameters.isEmpty();
    float[] mean = empty ? new float[0] : parameters.mean();
    float[] updaterMean = empty ? new float[0] : updater.mean();
    return new Sums(results, mean, updaterMean, broadcastNanos, System.nanoTime() - begin);
  }

  /** The steps that failed. */
  public List<Fault> faults() {
    return results.stream().flatMap(result -> result.fault().stream()).toList();
  }
}

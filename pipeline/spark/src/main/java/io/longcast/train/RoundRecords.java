package io.longcast.train;

import io.longcast.train.round.LayerStats;
import io.longcast.train.round.RoundInput;
import io.longcast.train.round.RoundStats;
import io.longcast.train.round.ShardResult;
import io.longcast.train.round.Sums;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the record of a round out of what its shards saw. */
final class RoundRecords {
  private RoundRecords() {}

  /**
   * @param parameters after the round
   */
  static RoundRecord of(
      TrainingPosition before, RoundInput input, Sums sums, float[] parameters, long nanos) {
    List<RoundStats> shards = sums.results().stream().map(ShardResult::stats).toList();
    long windows = shards.stream().mapToLong(RoundStats::windows).sum();
    double steps = Math.max(1, shards.stream().mapToInt(RoundStats::steps).sum());
    double seconds = nanos / 1e9;
    double compute = busiestSlot(shards) / 1e9;
    long fetch = shards.stream().mapToLong(RoundStats::fetchNanos).max().orElse(0);
    double broadcast = (sums.broadcastNanos() + fetch) / 1e9;
    double reduce = sums.reduceNanos() / 1e9;
    return new RoundRecord(
        before.round() + 1,
        before.step() + input.steps(),
        shards.stream().mapToDouble(RoundStats::lossSum).sum() / Math.max(1, windows),
        Double.NaN,
        input.rates()[input.steps() - 1],
        shards.stream().mapToDouble(RoundStats::normSum).sum() / steps,
        shards.stream().mapToDouble(RoundStats::maxNorm).max().orElse(0),
        shards.stream().mapToInt(RoundStats::clipped).sum() / steps,
        windows,
        windows / seconds,
        seconds,
        compute,
        broadcast,
        reduce,
        Math.max(0, seconds - compute - broadcast - reduce),
        0,
        straggler(shards),
        norm(parameters, null),
        norm(parameters, input.parameters()),
        layers(shards, steps),
        timeStepNorms(shards, steps));
  }

  private static double norm(float[] values, float[] from) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      double value = from == null ? values[i] : (double) values[i] - from[i];
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  private static List<RoundRecord.Layer> layers(List<RoundStats> shards, double steps) {
    Map<String, LayerStats> sums = new LinkedHashMap<>();
    for (RoundStats shard : shards) {
      shard.layers().forEach(layer -> sums.merge(layer.name(), layer, LayerStats::plus));
    }
    return sums.values().stream()
        .map(
            sum ->
                new RoundRecord.Layer(
                    sum.name(), sum.normSum() / steps, sum.maxNorm(), sum.clipped() / steps))
        .toList();
  }

  private static List<Double> timeStepNorms(List<RoundStats> shards, double steps) {
    TimeStepSums sums = new TimeStepSums();
    for (RoundStats shard : shards) {
      sums.add(shard.timeStepNormSums().stream().mapToDouble(Double::doubleValue).toArray());
    }
    return sums.sums().stream().map(sum -> sum / steps).toList();
  }

  private static double busiestSlot(List<RoundStats> shards) {
    Map<String, Long> slots = new HashMap<>();
    shards.forEach(shard -> slots.merge(shard.slot(), shard.computeNanos(), Long::sum));
    return slots.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  private static double straggler(List<RoundStats> shards) {
    double mean = shards.stream().mapToLong(RoundStats::computeNanos).average().orElse(0);
    double most = shards.stream().mapToLong(RoundStats::computeNanos).max().orElse(0);
    return mean == 0 ? 0 : most / mean - 1;
  }
}

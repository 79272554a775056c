package io.longcast.bench;

import io.longcast.settings.SettingChecks;
import java.io.Serializable;

/**
 * Sizes of {@code bench averaging}.
 *
 * @param executors single-core executors of the cluster, at least 1. Default 2
 * @param inputs values a time step. Default 24
 * @param timeSteps of a window. Default 14
 * @param hiddenSize units of the LSTM. Default 120 (70,000 parameters)
 * @param batchSize windows a minibatch. Default 32
 * @param averagingFrequency minibatches between two averages. Default 20
 * @param rounds averages a run. Default 10
 * @param repeats runs of each contender, in turns. Default 3
 * @param costRounds rounds measured at each point of the cost model. Default 30
 */
public record AveragingBenchSpec(
    int executors,
    int inputs,
    int timeSteps,
    int hiddenSize,
    int batchSize,
    int averagingFrequency,
    int rounds,
    int repeats,
    int costRounds)
    implements Serializable {

  public AveragingBenchSpec {
    SettingChecks.atLeast(executors, 1, "bench.averaging.executors");
    SettingChecks.atLeast(inputs, 1, "bench.averaging.inputs");
    SettingChecks.atLeast(timeSteps, 1, "bench.averaging.timeSteps");
    SettingChecks.atLeast(hiddenSize, 1, "bench.averaging.hiddenSize");
    SettingChecks.atLeast(batchSize, 1, "bench.averaging.batchSize");
    SettingChecks.atLeast(averagingFrequency, 1, "bench.averaging.averagingFrequency");
    SettingChecks.atLeast(rounds, 1, "bench.averaging.rounds");
    SettingChecks.atLeast(repeats, 1, "bench.averaging.repeats");
    SettingChecks.atLeast(costRounds, 1, "bench.averaging.costRounds");
  }

  /** Minibatches a shard trains in one run. */
  int minibatches() {
    return averagingFrequency * rounds;
  }
}

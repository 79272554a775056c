package io.longcast.train.dl4j;

/**
 * Settings of {@link OrderedAveragingTrainingMaster}.
 *
 * @param averagingFrequency minibatches a shard trains between two averages, at least 1
 * @param batchSize examples a minibatch; data sets of a partition are merged or cut to it, in
 *     order; 0 takes every data set as it comes
 * @param averageUpdater whether the updater's state is averaged too; otherwise it starts from zero
 *     in every round, as with DL4J's master by default
 * @param seed of dropout, per shard and round
 */
public record OrderedAveragingSpec(
    int averagingFrequency, int batchSize, boolean averageUpdater, long seed) {

  public OrderedAveragingSpec {
    if (averagingFrequency < 1) {
      throw new IllegalArgumentException(
          "averagingFrequency must be >= 1, found " + averagingFrequency);
    }
    if (batchSize < 0) {
      throw new IllegalArgumentException("batchSize must be >= 0, found " + batchSize);
    }
  }
}

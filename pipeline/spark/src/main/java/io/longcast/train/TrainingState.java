package io.longcast.train;

import java.util.Arrays;
import java.util.List;

/**
 * Everything that the next round depends on, and the history so far: what a checkpoint holds.
 *
 * @param cursor how far the run has come
 * @param parameters after the last round
 * @param updaters updater states: none, one for all shards, or one a shard
 * @param velocity of the outer momentum; empty without it
 * @param best parameters of the lowest validation loss; empty where they are not kept
 * @param history a record a round
 */
record TrainingState(
    TrainingPosition cursor,
    float[] parameters,
    List<float[]> updaters,
    float[] velocity,
    float[] best,
    List<RoundRecord> history) {

  static TrainingState start(float[] parameters) {
    return new TrainingState(
        TrainingPosition.start(), parameters, List.of(), new float[0], new float[0], List.of());
  }

  /** Whether the updaters' state ends with a moving mean of the parameters. */
  private boolean hasMean(TrainingSpec spec) {
    return spec.weightAverage() > 0 && !updaters.isEmpty();
  }

  /** What is validated and handed back: the parameters after the last round, or their mean. */
  float[] kept(TrainingSpec spec) {
    if (!hasMean(spec)) {
      return parameters;
    }
    float[] state = updaters.get(0);
    return Arrays.copyOfRange(state, state.length - parameters.length, state.length);
  }

  /** The updater's state that all shards share, without a mean; empty where there is none. */
  float[] updater(TrainingSpec spec) {
    if (updaters.size() != 1) {
      return new float[0];
    }
    float[] state = updaters.get(0);
    return hasMean(spec) ? Arrays.copyOf(state, state.length - parameters.length) : state;
  }

  TrainingState with(TrainingPosition other) {
    return new TrainingState(other, parameters, updaters, velocity, best, history);
  }

  TrainingState withBest(float[] other) {
    return new TrainingState(cursor, parameters, updaters, velocity, other, history);
  }

  TrainingState withHistory(List<RoundRecord> other) {
    return new TrainingState(cursor, parameters, updaters, velocity, best, other);
  }
}

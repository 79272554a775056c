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
record RunState(
    Cursor cursor,
    float[] parameters,
    List<float[]> updaters,
    float[] velocity,
    float[] best,
    List<RoundRecord> history) {

  static RunState start(float[] parameters) {
    return new RunState(
        Cursor.start(), parameters, List.of(), new float[0], new float[0], List.of());
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

  RunState with(Cursor other) {
    return new RunState(other, parameters, updaters, velocity, best, history);
  }

  RunState withBest(float[] other) {
    return new RunState(cursor, parameters, updaters, velocity, other, history);
  }

  RunState withHistory(List<RoundRecord> other) {
    return new RunState(cursor, parameters, updaters, velocity, best, other);
  }
}

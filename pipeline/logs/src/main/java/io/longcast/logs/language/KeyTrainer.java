package io.longcast.logs.language;

import io.longcast.logs.sequence.SessionSet;

/** Trains the language model: the trainer of the cluster, or {@link KeyTraining} in one thread. */
@FunctionalInterface
public interface KeyTrainer {

  /**
   * Trains on normal sessions.
   *
   * @param stage name of this training; part of its checkpoints' identity
   */
  KeyLanguageModel train(SessionSet normal, String stage);
}

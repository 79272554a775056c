package io.longcast.logs.language;

import io.longcast.model.Trainable;
import io.longcast.model.TrainableFactory;
import io.longcast.model.recurrent.Numerics;

/**
 * Opens replicas of the language model.
 *
 * @param spec the network
 * @param keys size of the vocabulary, at least 1
 * @param maxBatch most sessions of a minibatch
 */
public record KeyTrainableFactory(KeyModelSpec spec, int keys, int maxBatch)
    implements TrainableFactory {
  private static final long serialVersionUID = 1L;

  @Override
  public Trainable open() {
    return new KeyTrainable(spec, keys, maxBatch, Numerics.open());
  }
}

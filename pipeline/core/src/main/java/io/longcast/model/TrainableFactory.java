package io.longcast.model;

import java.io.Serializable;

/** Opens replicas of one network; small, and shipped to the executors. */
public interface TrainableFactory extends Serializable {

  /** A new replica with undefined parameters. */
  Trainable open();
}

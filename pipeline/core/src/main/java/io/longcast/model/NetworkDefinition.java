package io.longcast.model;

/**
 * A network as the trainer and the forecaster see it: what its windows bring, replicas to train and
 * forecasters on trained parameters. Small, and shipped to the executors.
 */
public interface NetworkDefinition extends TrainableFactory {

  /** The spec it is built from. */
  ModelSpec model();

  /** What the windows bring. */
  NetworkInputs inputs();

  /** Number of parameters. */
  int parameters();

  /**
   * Checks that the network can read its windows and forecast them, before anything is trained.
   *
   * @throws io.longcast.settings.SettingException naming what does not fit
   */
  default void requireFits() {}

  /**
   * A forecaster with trained parameters.
   *
   * @param parameters those of the members of an ensemble one after the other
   */
  WindowForecaster forecaster(float[] parameters);
}

package io.longcast.model;

import io.longcast.window.WindowBatch;

/** A forecaster whose points are class codes, and which knows how sure it is of each class. */
public interface Classifier extends Forecaster {

  /** Number of classes. */
  int classes();

  /**
   * Probabilities of the classes.
   *
   * @param windows the batch; its targets are not read
   * @param into {@code [windows, horizon, classes]}, each step's adding up to 1
   */
  void probabilities(WindowBatch windows, float[] into);
}

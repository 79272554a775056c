package io.longcast.model;

import io.longcast.window.WindowBatch;

/** A forecaster whose points are class codes, and which knows how sure it is of each class. */
public interface Classifier extends WindowForecaster {

  /** Number of classes. */
  int classes();

  /**
   * Finds the classes of all steps of a batch.
   *
   * @param windows the batch; its targets are not read
   * @param found filled with as many steps as the windows have
   */
  void classify(WindowBatch windows, ClassBatch found);
}

package io.longcast.model;

import java.io.Serializable;

/**
 * Opens forecasters that share one set of parameters. It is broadcast, so that the parameters reach
 * each JVM once; each task opens its own forecaster on them.
 */
@FunctionalInterface
public interface ForecasterFactory extends Serializable {

  /** A forecaster for one task; the caller closes it. */
  WindowForecaster open();
}

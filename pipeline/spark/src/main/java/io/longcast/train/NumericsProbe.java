package io.longcast.train;

import java.io.Serializable;

/**
 * Reports everything about a JVM that decides the bits of a training step: kernel back end, vector
 * width, native classifier and version.
 */
public interface NumericsProbe extends Serializable {

  /** One line, equal for JVMs that compute the same bits. */
  String report();
}

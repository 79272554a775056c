package io.longcast.train;

import io.longcast.window.BatchCutter;
import java.io.Serializable;

/** Makes cutters, which are for one task each; small, and shipped to the executors. */
public interface CutterFactory extends Serializable {

  /** A new cutter. */
  BatchCutter open();
}

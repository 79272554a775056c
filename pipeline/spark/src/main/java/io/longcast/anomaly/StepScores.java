package io.longcast.anomaly;

import io.longcast.anomaly.event.EventBuilder;

/** The scores of the steps of a segment in their order: made as they are requested, or kept. */
interface StepScores extends EventBuilder.View {

  /** Advances to a step, the successor of the last one. */
  void next(int step);

  /** The largest surprisal over the channels. */
  double surprisal();
}

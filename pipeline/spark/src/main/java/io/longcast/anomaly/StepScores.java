package io.longcast.anomaly;

import io.longcast.anomaly.event.EventBuilder;

/** The scores of the steps of a segment in their order: made as they are requested, or kept. */
interface StepScores extends EventBuilder.View {

  /** Advances to a step, the successor of the last one. */
  void next(int step);

  /** Rows between the step and the earlier one that {@link #settled} is of, at least 0. */
  int settledRows(int channel);

  /** Surprisal of a channel at an earlier step, by the rows around it. */
  double settled(int channel);

  /** The largest surprisal over the channels. */
  double surprisal();
}
